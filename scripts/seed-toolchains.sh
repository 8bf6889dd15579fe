#!/usr/bin/env bash
# Makes what the seed suite's signers are built from, as far as the machine has the tools. What cannot be
# made is said here, and again by the suite, which skips it (or fails, with OSSKEEP_REQUIRE_ALL=1).
set -uo pipefail
cd "$(dirname "$0")"
for made in conformance-python:python3 seed-go:go seed-java:mvn; do
  script=${made%:*} tool=${made#*:}
  if ! command -v "$tool" >/dev/null; then
    echo "seed suite: no $tool here, so scripts/$script.sh is left out" >&2
  elif ! bash "$script.sh"; then
    echo "seed suite: scripts/$script.sh failed, see above" >&2
    [ "${OSSKEEP_REQUIRE_ALL:-}" != 1 ] || exit 1
  fi
done
