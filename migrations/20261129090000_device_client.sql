-- A device's code is redeemed by the program that it was given to (RFC 8628, 3.4): the SHA-256 of
-- the name that the program has here. Codes live ten minutes: older requests are asked anew.
alter table device_request add column client_hash bytea;
