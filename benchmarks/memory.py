"""Peak memory of training on 20,000 pictures: pictures prepared, two epochs, export."""

import resource

from benchmarks.pictures import DATASET, kaggle_home
from benchmarks.report import at_most, publish
from training.cancellation import CancelToken
from training.dataset.cache import forget
from training.learning.presets import training_config
from training.learning.trainer import train
from training.runs.trash import delete_run, empty_trash


def main() -> int:
    home = kaggle_home()
    forget(home, DATASET)  # the pictures are decoded in this process too
    config = training_config("notebook", DATASET, epochs=2)
    result = train(config, home, emit=lambda _: None, token=CancelToken())
    delete_run(home, result.run)
    empty_trash(home)
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    return publish("memory", [at_most("peak memory of training, GB", peak_gb, 2.5)])


if __name__ == "__main__":
    raise SystemExit(main())
