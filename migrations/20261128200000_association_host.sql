-- A host of a SEL's own, beside its address on the platform: set by the host of the platform, who
-- has the name lead here.
alter table association add column host text
  constraint host_is_a_name check (
    length(host) between 4 and 253 and host ~ '^[a-z0-9][a-z0-9.-]*\.[a-z0-9-]*[a-z0-9]$'),
  add constraint one_sel_a_host unique (host);
grant update (host) on association to saline_member;
