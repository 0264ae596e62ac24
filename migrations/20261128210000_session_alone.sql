-- A session that opens its SEL alone: no ticket leads from it into another SEL of the login, and it
-- does not hear which there are. So are those that a SEL's own provider of logins let in, and those
-- that began at a host of a SEL's own, whose name is somebody else's.
alter table session add column alone boolean not null default false;
