"""Keras' epochs, from the middle of one to the end of another."""

from collections.abc import Sequence

import keras

from training.config import TrainingConfig
from training.learning.checkpoint import Position
from training.learning.feeding import feed
from training.learning.pipeline import TrainingData


def fit_epochs(
    network: keras.Model,
    data: TrainingData,
    config: TrainingConfig,
    *,
    done: int,
    end: int,
    position: Position,
    callbacks: Sequence[keras.callbacks.Callback],
) -> None:
    """Learn some epochs and judge each.

    Keras knows epochs of one length alone. So what is left of an epoch that was broken off is
    learned by a `fit` of its own, with as many steps as are left.

    Args:
        network: Compiled.
        data: The batches.
        config: The run's settings.
        done: Epochs that are done.
        end: How many are done afterwards.
        position: How far the first of them is.
        callbacks: Told everything; one of them fills the metrics of the first epoch.
    """
    steps = config.steps_per_epoch
    if position.step == steps:
        _judge(network, data, config, done, callbacks)
    elif position.step:
        _fit(network, data, config, done, done + 1, position.step, callbacks)
    done += position.step > 0
    if done < end:
        _fit(network, data, config, done, end, 0, callbacks)


def _fit(
    network: keras.Model,
    data: TrainingData,
    config: TrainingConfig,
    done: int,
    end: int,
    step: int,
    callbacks: Sequence[keras.callbacks.Callback],
) -> None:
    network.fit(
        feed(
            data.train,
            first_step=done * config.steps_per_epoch + step,
            balanced=config.balance_classes,
        ),
        steps_per_epoch=config.steps_per_epoch - step,
        epochs=end,
        initial_epoch=done,
        validation_data=feed(data.validation, period=config.validation_steps),
        validation_steps=config.validation_steps,
        callbacks=list(callbacks),
        verbose=0,
        shuffle=False,  # the batches have their own order
    )


def _judge(
    network: keras.Model,
    data: TrainingData,
    config: TrainingConfig,
    epoch: int,
    callbacks: Sequence[keras.callbacks.Callback],
) -> None:
    """What `fit` does after an epoch's last step: it was broken off in its validation."""
    told = keras.callbacks.CallbackList(list(callbacks), model=network)
    told.on_epoch_begin(epoch)
    learned = network.get_metrics_result()
    judged = network.evaluate(
        feed(data.validation, period=config.validation_steps),
        steps=config.validation_steps,
        callbacks=told,
        verbose=0,
        return_dict=True,
    )
    told.on_epoch_end(epoch, learned | {f"val_{name}": value for name, value in judged.items()})
