#!/usr/bin/env bash
# Installs what the complete suites need besides npm packages: tools of the file system whose power is
# cut, the download clients, and Python's SDKs. Debian; asks for root only when something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v mkfs.xfs >/dev/null || missing+=(xfsprogs)
command -v curl >/dev/null || missing+=(curl)
command -v wget >/dev/null || missing+=(wget)
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
bash scripts/conformance-python.sh
