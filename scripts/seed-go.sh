#!/usr/bin/env bash
# Builds the Go programs of conformance/seed with the two official Go SDKs, into .cache/seed/go. Needs Go
# (1.18 or newer) and, the first time, the module proxy.
set -euo pipefail
cd "$(dirname "$0")/../conformance/seed/go"
target=../../../.cache/seed/go
mkdir -p "$target"
CGO_ENABLED=0 go build -mod=readonly -trimpath -o "$target/" ./sdk-v1 ./sdk-v2
# What was built from what: the suite refuses binaries of older sources.
cd ../../..
sha256sum conformance/seed/go/go.{mod,sum} conformance/seed/go/*/*.go >.cache/seed/go/built-from
