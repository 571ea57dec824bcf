"""How a system sees our programs: icon, name, version, the files that they open.

The facts are those of the package and of `bundling.PROGRAMS`; the forms are Windows' version
resource, macOS' Info.plist, and the freedesktop.org desktop entry.
"""

import re
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bundling import CATDOG, REPOSITORY, Program
from icons import write_icns, write_ico, write_pngs

from training.runs.given import SHARED_SUFFIX

AUTHORS = "The CatDog authors"
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff")
"""Media types that the menu offers our programs for; all of them pass the one decode."""
MODEL_TYPE = "application/x-catdog"
"""Media type of a run as one file; of our own, so that no registry knows it."""

_MODEL_TITLE = "CatDog model"
_MAC_MODEL_TYPE = "org.catdog.model"

_MAC_TYPES = (
    "public.jpeg",
    "public.png",
    "public.tiff",
    "org.webmproject.webp",
    "com.compuserve.gif",
    "com.microsoft.bmp",
    "public.folder",
)
_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.0
Name={title}
GenericName=Picture classifier
Comment={description}
Exec="{folder}/{key}" %F
TryExec={folder}/{key}
Icon={key}
Terminal=false
StartupNotify=true
StartupWMClass={key}
Categories=Education;ArtificialIntelligence;
Keywords=cat;dog;picture;Keras;training;
MimeType={types};
"""
_MIME_PACKAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{type}">
    <comment>{title}</comment>
    <sub-class-of type="application/zip"/>
    <icon name="{key}"/>
    <glob pattern="*{suffix}"/>
  </mime-type>
</mime-info>
"""
_VERSION_RESOURCE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3F, flags=0, OS=0x40004, fileType=1),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", {authors!r}),
      StringStruct("FileDescription", {title!r}),
      StringStruct("Comments", {description!r}),
      StringStruct("FileVersion", {number!r}),
      StringStruct("ProductName", {title!r}),
      StringStruct("ProductVersion", {number!r}),
      StringStruct("OriginalFilename", {file!r}),
      StringStruct("LegalCopyright", "MIT licence"),
    ])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])]),
  ],
)
"""


def version_number() -> str:
    """The package's version."""
    return version("catdog")


def identifier(program: Program) -> str:
    """The reverse-domain name by which macOS tells programs apart."""
    return f"org.catdog.{program.key}"


def program_icon(program: Program, work: Path, system: str = sys.platform) -> str | None:
    """The executable's icon in its system's form; Linux has none in the file.

    Args:
        program: Which.
        work: Where the icon is made.
        system: As `sys.platform` names it.
    """
    drawing = REPOSITORY / "resources" / "icons" / f"{program.icon}.svg"
    writers = {"win32": (".ico", write_ico), "darwin": (".icns", write_icns)}
    if system not in writers:
        return None
    suffix, write = writers[system]
    target = work / f"{program.key}{suffix}"
    write(drawing, target)
    return str(target)


def write_version_resource(program: Program, work: Path) -> str:
    """Windows' version resource, in the form that PyInstaller reads."""
    numbers = [int(part) for part in re.findall(r"\d+", version_number())[:4]]
    target = work / f"{program.key}-version.txt"
    target.write_text(
        _VERSION_RESOURCE.format(
            four=(*numbers, 0, 0, 0, 0)[:4],
            authors=AUTHORS,
            title=program.title,
            description=program.description,
            number=version_number(),
            file=f"{program.key}.exe",
        ),
        encoding="utf-8",
    )
    return str(target)


def info_plist(program: Program) -> dict[str, object]:
    """What macOS wants to know beside name, version and icon."""
    return {
        "CFBundleDisplayName": program.title,
        "CFBundleVersion": version_number(),
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{AUTHORS}, MIT licence",
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": "14.0",  # what ONNX Runtime's wheel asks for
        "NSDesktopFolderUsageDescription": _usage("on your desktop"),
        "NSDocumentsFolderUsageDescription": _usage("in your documents"),
        "NSDownloadsFolderUsageDescription": _usage("in your downloads"),
        "NSRemovableVolumesUsageDescription": _usage("on drives that you plug in"),
        "CFBundleDocumentTypes": [
            _document_type("Picture", _MAC_TYPES),
            _document_type(_MODEL_TITLE, [_MAC_MODEL_TYPE], is_owner=program is CATDOG),
        ],
        f"UT{'Exported' if program is CATDOG else 'Imported'}TypeDeclarations": [
            {
                "UTTypeIdentifier": _MAC_MODEL_TYPE,
                "UTTypeDescription": _MODEL_TITLE,
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [SHARED_SUFFIX.removeprefix(".")],
                    "public.mime-type": [MODEL_TYPE],
                },
            }
        ],
    }


def _document_type(
    title: str, types: Sequence[str], *, is_owner: bool = False
) -> dict[str, object]:
    return {
        "CFBundleTypeName": title,
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Owner" if is_owner else "Alternate",
        "LSItemContentTypes": list(types),
    }


def _usage(where: str) -> str:
    return f"CatDog reads pictures {where} when you choose them. It never changes them."


def desktop_entry(program: Program, folder: str) -> str:
    """The entry of a Linux menu.

    Args:
        program: Which.
        folder: Where the bundle lies; `install.sh` fills it in.
    """
    return _ENTRY.format(
        key=program.key,
        title=program.title,
        description=program.description,
        folder=folder,
        types=";".join((*PICTURE_TYPES, MODEL_TYPE)),
    )


def mime_package(program: Program) -> str:
    """What a Linux desktop is told of `MODEL_TYPE`: its name, its files, the program's icon.

    The form is that of freedesktop.org's shared MIME-info. That such a file is a zip inside is said
    too, so that a desktop that looks at content is not at odds with the name.
    """
    return _MIME_PACKAGE.format(
        type=MODEL_TYPE, title=_MODEL_TITLE, key=program.key, suffix=SHARED_SUFFIX
    )


def write_menu_files(program: Program, bundle: Path) -> None:
    """Give a Linux bundle its menu entry, its icons, its type of file, and their script."""
    share = bundle / "share"
    drawing = REPOSITORY / "resources" / "icons" / f"{program.icon}.svg"
    write_pngs(drawing, share / "icons" / "hicolor", program.key)
    entry = share / "applications" / f"{program.key}.desktop"
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(desktop_entry(program, "@FOLDER@"), encoding="utf-8")
    package = share / "mime" / "packages" / f"{program.key}.xml"
    package.parent.mkdir(parents=True, exist_ok=True)
    package.write_text(mime_package(program), encoding="utf-8")
    script = bundle / "install.sh"
    template = (REPOSITORY / "resources" / "desktop" / "install.sh").read_text(encoding="utf-8")
    script.write_text(
        template.replace("@KEY@", program.key).replace("@TITLE@", program.title), encoding="utf-8"
    )
    script.chmod(0o755)
