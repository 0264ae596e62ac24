//! The house in use, on a real Postgres, as the production logins.

#[cfg(test)]
mod tenancy;
