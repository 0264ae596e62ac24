//! Mailed links: signed, so that nothing secret is kept; opened by a page whose button acts.

use chrono::{DateTime, Utc};
use sel::id::{
    AssociationId, ConversationId, CrossingId, ExchangeId, MemberId, SavedSearchId, TokenId,
};
use store::key::Keyring;
use uuid::Uuid;

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// A token, used once: opening, login, welcome, invitation, ticket.
    Token(TokenId),
    /// Agreeing to an exchange or refusing it, without logging in.
    Answer {
        association_id: AssociationId,
        exchange_id: ExchangeId,
        member_id: MemberId,
    },
    /// The same for an exchange with a member of another SEL.
    Crossing {
        association_id: AssociationId,
        crossing_id: CrossingId,
        member_id: MemberId,
    },
    /// Reading a conversation and answering, without logging in.
    Reply {
        association_id: AssociationId,
        conversation_id: ConversationId,
        member_id: MemberId,
    },
    /// Being told no more what a search finds.
    Stop {
        association_id: AssociationId,
        saved_search_id: SavedSearchId,
        member_id: MemberId,
    },
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dead {
    Broken,
    Expired,
}

const PURPOSE: &str = "link";

impl Link {
    /// Whom it was mailed to, where it acts in the name of a member.
    pub fn addressee(&self) -> Option<(AssociationId, MemberId)> {
        match self {
            Link::Token(_) => None,
            Link::Answer {
                association_id,
                member_id,
                ..
            }
            | Link::Reply {
                association_id,
                member_id,
                ..
            }
            | Link::Crossing {
                association_id,
                member_id,
                ..
            }
            | Link::Stop {
                association_id,
                member_id,
                ..
            } => Some((*association_id, *member_id)),
        }
    }

    /// The signed text for a URL.
    pub fn sign(&self, keys: &Keyring, expires_at: DateTime<Utc>) -> String {
        let (tag, ids): (u8, Vec<Uuid>) = match self {
            Link::Token(id) => (1, vec![id.0]),
            Link::Answer {
                association_id,
                exchange_id,
                member_id,
            } => (2, vec![association_id.0, exchange_id.0, member_id.0]),
            Link::Reply {
                association_id,
                conversation_id,
                member_id,
            } => (3, vec![association_id.0, conversation_id.0, member_id.0]),
            Link::Crossing {
                association_id,
                crossing_id,
                member_id,
            } => (4, vec![association_id.0, crossing_id.0, member_id.0]),
            Link::Stop {
                association_id,
                saved_search_id,
                member_id,
            } => (5, vec![association_id.0, saved_search_id.0, member_id.0]),
        };
        let mut body = vec![tag];
        body.extend(expires_at.timestamp().to_be_bytes());
        for id in ids {
            body.extend(id.as_bytes());
        }
        keys.sign(PURPOSE, &body)
    }

    /// Reads what [`Link::sign`] wrote.
    pub fn read(text: &str, keys: &Keyring, now: DateTime<Utc>) -> Result<Link, Dead> {
        let body = keys.verify(PURPOSE, text).ok_or(Dead::Broken)?;
        let (tag, rest) = body.split_first().ok_or(Dead::Broken)?;
        let (expires, rest) = rest.split_first_chunk::<8>().ok_or(Dead::Broken)?;
        let mut ids = rest
            .chunks_exact(16)
            .map(|id| Uuid::from_slice(id).unwrap_or_default());
        let mut id = || ids.next().ok_or(Dead::Broken);
        let link = match tag {
            1 => Link::Token(TokenId(id()?)),
            2 => Link::Answer {
                association_id: AssociationId(id()?),
                exchange_id: ExchangeId(id()?),
                member_id: MemberId(id()?),
            },
            3 => Link::Reply {
                association_id: AssociationId(id()?),
                conversation_id: ConversationId(id()?),
                member_id: MemberId(id()?),
            },
            4 => Link::Crossing {
                association_id: AssociationId(id()?),
                crossing_id: CrossingId(id()?),
                member_id: MemberId(id()?),
            },
            5 => Link::Stop {
                association_id: AssociationId(id()?),
                saved_search_id: SavedSearchId(id()?),
                member_id: MemberId(id()?),
            },
            _ => return Err(Dead::Broken),
        };
        if i64::from_be_bytes(*expires) <= now.timestamp() {
            return Err(Dead::Expired);
        }
        Ok(link)
    }
}
