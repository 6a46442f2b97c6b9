"""Composition: settings, logging, clock, Temporal client, embedded servers."""
