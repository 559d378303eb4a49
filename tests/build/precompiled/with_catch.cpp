// A precompiled header belongs to a source of its own.
