#!/usr/bin/env bash
# Installs what the complete suites need besides npm packages: tools of the file system whose power is
# cut, the download clients, the languages of the official SDKs and of the seed's programs, a browser, what
# makes the official host's machine, and the SDKs. Debian; asks for root only when something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v mkfs.xfs >/dev/null || missing+=(xfsprogs)
command -v curl >/dev/null || missing+=(curl)
command -v wget >/dev/null || missing+=(wget)
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
command -v go >/dev/null || missing+=(golang-go)
command -v javac >/dev/null || missing+=(default-jdk-headless)
command -v mvn >/dev/null || missing+=(maven)
php -m 2>/dev/null | grep -qix curl || missing+=(php-cli php-curl)
command -v chromium >/dev/null || missing+=(chromium)
command -v certutil >/dev/null || missing+=(libnss3-tools)
command -v ip >/dev/null || missing+=(iproute2)
command -v zsh >/dev/null || missing+=(zsh)
command -v fish >/dev/null || missing+=(fish)
[ -f /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
OSSKEEP_REQUIRE_ALL=1 bash scripts/seed-toolchains.sh
