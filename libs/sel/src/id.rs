//! The ids of the house: UUIDs of version 7, one type a noun.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map($name)
            }
        }
    )+};
}

ids! {
    /// A SEL on the platform.
    AssociationId,
    /// A login, across SELs.
    IdentityId,
    /// Somebody logged in on one device.
    SessionId,
    /// Where a SEL has others told what happens.
    WebhookId,
    /// A program that waits for somebody to type its code elsewhere.
    DeviceRequestId,
    /// What a member lets a program do.
    AccessId,
    /// An account elsewhere that opens a login.
    ExternalLoginId,
    /// A provider of logins that a SEL has for its own people.
    LoginProviderId,
    /// A key of a device that opens a login.
    PasskeyId,
    /// A person or body in one SEL.
    MemberId,
    /// Where the units of a member, or of the SEL, are counted.
    AccountId,
    /// Someone's request to join.
    ApplicationId,
    /// Something done between two members.
    ExchangeId,
    /// What two SELs agreed.
    AllianceId,
    /// Something done between members of two SELs.
    CrossingId,
    /// A decision about the limits of an account.
    OverrideId,
    /// Leave to act in somebody's name.
    MandateId,
    /// A disagreement about an exchange.
    DisputeId,
    /// Movements decided for many at once.
    BatchId,
    /// One movement of units.
    TransferId,
    /// What stood on paper, line by line.
    SheetId,
    /// An offer or a want.
    NoticeId,
    /// A photo of a notice.
    PhotoId,
    /// A heading under which notices stand.
    CategoryId,
    /// Letters about a notice between two members.
    ConversationId,
    /// One letter of a conversation.
    MessageId,
    /// Something that happened.
    EventId,
    /// Something that must go out.
    DeliveryId,
    /// A search that a member keeps.
    SavedSearchId,
    /// What a mailed link stands for.
    TokenId,
    /// Somebody who runs the platform.
    StaffId,
    /// What they did.
    StaffActId,
}
