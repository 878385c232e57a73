"""What all tests share: a busy machine draws examples slowly, and that is no fault of the rule they try."""

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
