#!/usr/bin/env bash
# Makes the Python with the official OSS SDKs that the conformance suites use (in .cache/python).
# Needs python3 with venv, and the package index.
set -euo pipefail
cd "$(dirname "$0")/.."
target=.cache/python
if [ ! -x "$target/bin/python" ]; then
  mkdir -p .cache
  python3 -m venv "$target"
fi
"$target/bin/python" -m pip install --quiet --disable-pip-version-check \
  oss2==2.19.1 alibabacloud-oss-v2==1.4.1 requests==2.34.2
