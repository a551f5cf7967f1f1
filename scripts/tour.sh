#!/usr/bin/env bash
# The first-run tour on a virtual display: scripts/tour.sh BIN_DIR PICTURES_DIR
cd "$(dirname "$0")/.."
exec scripts/virtual-desktop /usr/bin/python3 tests/e2e/tour.py "$1" "$2"
