//! The house in use, on a real Postgres, as the production logins.

#[cfg(test)]
mod crawl;
#[cfg(test)]
mod document;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod redis;
#[cfg(test)]
mod relevance;
#[cfg(test)]
mod seal;
#[cfg(test)]
mod story;
#[cfg(test)]
mod story_alerts;
#[cfg(test)]
mod story_api;
#[cfg(test)]
mod story_charge;
#[cfg(test)]
mod story_console;
#[cfg(test)]
mod story_desk;
#[cfg(test)]
mod story_doors;
#[cfg(test)]
mod story_faults;
#[cfg(test)]
mod story_grants;
#[cfg(test)]
mod story_hosts;
#[cfg(test)]
mod story_keys;
#[cfg(test)]
mod story_limits;
#[cfg(test)]
mod story_links;
#[cfg(test)]
mod story_logins;
#[cfg(test)]
mod story_mailboxes;
#[cfg(test)]
mod story_passwords;
#[cfg(test)]
mod story_providers;
#[cfg(test)]
mod story_second;
#[cfg(test)]
mod story_shared;
#[cfg(test)]
mod story_showcase;
#[cfg(test)]
mod story_watch;
#[cfg(test)]
mod story_webhooks;
#[cfg(test)]
mod tenancy;
