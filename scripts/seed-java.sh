#!/usr/bin/env bash
# Fetches the official Java SDK with what it needs and compiles the program of conformance/seed, into
# .cache/seed/java. Needs a JDK (11 or newer) and Maven, the first time also the registry.
set -euo pipefail
cd "$(dirname "$0")/.."
source=conformance/seed/java
target=.cache/seed/java
if sha256sum --check --status "$target/built-from" 2>/dev/null; then exit 0; fi
rm -rf "$target"
mvn -q -B -f "$source/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DincludeScope=runtime -DoutputDirectory="$PWD/$target/lib"
javac -d "$target/classes" -cp "$target/lib/*" "$source/SignUrls.java"
# What was built from what: the suite refuses classes of older sources.
sha256sum "$source/pom.xml" "$source/SignUrls.java" >"$target/built-from"
