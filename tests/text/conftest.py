"""Settings for the property tests of this room."""

from hypothesis import settings

settings.register_profile("no clock", deadline=None)  # the first example loads a model; a busy machine is no failure
settings.load_profile("no clock")
