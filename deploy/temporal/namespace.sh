#!/bin/sh
# Creates the namespace once the server answers; an existing one stays as it is.
set -eu
until temporal operator cluster health; do sleep 2; done
temporal operator namespace describe --namespace "$NAMESPACE" \
    || temporal operator namespace create --namespace "$NAMESPACE" --retention 30d
