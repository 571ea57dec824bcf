#!/bin/sh
# Puts @TITLE@ into your menu, or takes it out again. It touches your own files alone:
#   ./install.sh            adds the entry, its icons, its type of file (.catdog), and the command
#                           @KEY@ in ~/.local/bin
#   ./install.sh --remove   removes exactly those
# The program stays in the folder that this script is in; moving that folder means running it again.
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
entry=$data/applications/@KEY@.desktop
package=$data/mime/packages/@KEY@.xml
command=$bin/@KEY@

icons() { (cd "$folder/share/icons/hicolor" && find . -type f -name '@KEY@.*'); }

refresh() {
    if command -v update-mime-database >/dev/null 2>&1; then
        update-mime-database "$data/mime" >/dev/null 2>&1 || true
    fi
    if command -v update-desktop-database >/dev/null 2>&1; then
        update-desktop-database -q "$data/applications" || true
    fi
    if command -v gtk-update-icon-cache >/dev/null 2>&1; then
        gtk-update-icon-cache -q -t "$data/icons/hicolor" 2>/dev/null || true
    fi
}

# The command is a link to here, into another folder of a bundle, or to nothing any more.
is_ours() {
    [ -L "$command" ] || return 1
    [ ! -e "$command" ] || [ -e "$(dirname -- "$(readlink "$command")")/install.sh" ]
}

add() {
    case $folder in
    *[\"\\\`\$%\|]*)
        echo "The folder's name has a sign that menu entries cannot hold: $folder" >&2
        echo "Move it to a folder with a plainer name, then run this again." >&2
        exit 1
        ;;
    esac
    mkdir -p "$data/applications" "$data/mime/packages" "$bin"
    escaped=$(printf '%s\n' "$folder" | sed 's/&/\\&/g')
    sed "s|@FOLDER@|$escaped|g" "$folder/share/applications/@KEY@.desktop" >"$entry.partial"
    mv "$entry.partial" "$entry"
    cp "$folder/share/mime/packages/@KEY@.xml" "$package"
    icons | while read -r icon; do
        mkdir -p "$data/icons/hicolor/$(dirname "$icon")"
        cp "$folder/share/icons/hicolor/$icon" "$data/icons/hicolor/$icon"
    done
    if is_ours; then
        rm -f "$command"
    fi
    if [ -e "$command" ]; then
        echo "$command is there already and is not ours; it stays as it is."
    else
        ln -s "$folder/@KEY@" "$command"
    fi
    refresh
    echo "@TITLE@ is in your menu. ./install.sh --remove takes it out again."
}

remove() {
    rm -f "$entry" "$package"
    icons | while read -r icon; do rm -f "$data/icons/hicolor/$icon"; done
    if is_ours; then
        rm -f "$command"
    fi
    refresh
    echo "@TITLE@ is out of your menu. Its folder, your datasets and your runs are still there."
}

case ${1:-} in
"") add ;;
--remove) remove ;;
*)
    echo "Usage: ./install.sh [--remove]" >&2
    exit 2
    ;;
esac
