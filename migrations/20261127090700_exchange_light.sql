-- The ledger's rows are written by its functions alone, after they have locked both accounts, and
-- no login may delete a row: what a foreign key would ask again at every row is known there, and
-- each such question locked a row that all exchanges of a SEL share. `saline verify` counts rows
-- that lead nowhere. An event and its letters are written in one statement.
alter table exchange
  drop constraint exchange_association_id_payer_id_fkey,
  drop constraint exchange_association_id_payee_id_fkey,
  drop constraint exchange_association_id_proposed_by_fkey,
  drop constraint exchange_association_id_proposed_for_fkey,
  drop constraint exchange_association_id_answer_by_fkey,
  drop constraint exchange_association_id_closed_by_fkey;
alter table transfer
  drop constraint transfer_association_id_payer_account_fkey,
  drop constraint transfer_association_id_payee_account_fkey,
  drop constraint transfer_association_id_exchange_id_fkey;
alter table event drop constraint event_association_id_fkey;
alter table delivery drop constraint delivery_association_id_event_id_fkey;
