-- Limits count what was done, once; those that ran out are found without walking over those that did not.

create index rate_limits_expire on rate_limits (expire);
