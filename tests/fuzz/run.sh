#!/bin/sh
# run.sh FUZZER CORPUS WORK_FOLDER: fifteen seconds from the corpus, an hour with CONFAB_SOAK=1. New
# inputs and whatever crashed stay in the work folder.
set -eu
seconds=15
[ "${CONFAB_SOAK:-0}" = 1 ] && seconds=3600
mkdir -p "$3/found"
exec "$1" "-max_total_time=$seconds" -timeout=5 -rss_limit_mb=512 -max_len=65536 -verbosity=0 \
    -print_final_stats=1 "-artifact_prefix=$3/" "$3/found" "$2"
