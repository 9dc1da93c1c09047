"""The name of the engine that is used unless another is asked for."""

DEFAULT_ENGINE = "ruin-recreate"
