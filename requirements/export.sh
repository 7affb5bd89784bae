#!/bin/sh
# Renews the hashed locks from pyproject.toml. Needs uv. They name no index, so none is committed.
set -eu
cd "$(dirname "$0")/.."
uv="${UV:-.boot/bin/uv}"
"$uv" lock --quiet "$@"
export_lock() { out="$1"; shift; "$uv" export --quiet --frozen --no-emit-project --no-header --format requirements-txt --output-file "requirements/$out" "$@" >/dev/null; }
compile_lock() { rm -f "requirements/$1"; printf "%s\n" "$2" | "$uv" pip compile --quiet --generate-hashes --no-header --no-annotate --output-file "requirements/$1" - >/dev/null; }
compile_lock boot.txt "uv==0.13.9"
compile_lock build.txt "hatchling>=1.27,<2"
export_lock runtime.txt --no-default-groups
export_lock demo.txt --no-default-groups --group demo --group assets
export_lock all.txt --all-groups
