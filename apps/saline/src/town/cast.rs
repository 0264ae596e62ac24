//! The people that everybody knows, always under the same numbers. All of them are invented; their
//! phone numbers are kept for fiction.

use sel::folded::folded;
use sel::member::Right;

/// Somebody of the cast.
#[derive(Debug)]
pub(super) struct Role {
    pub(super) number: i32,
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) place: &'static str,
    pub(super) about: &'static str,
    pub(super) rights: &'static [Right],
    pub(super) mailbox: Mailbox,
    /// Said beside the login.
    pub(super) note: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mailbox {
    Own,
    /// The couple's, under their last name.
    Shared,
    Nowhere,
}

impl Role {
    pub(super) fn email(&self) -> Option<String> {
        match self.mailbox {
            Mailbox::Own => Some(format!("{}@exemple.fr", folded(self.first_name))),
            Mailbox::Shared => Some(format!("{}@exemple.fr", folded(self.last_name))),
            Mailbox::Nowhere => None,
        }
    }
}

const fn role(
    number: i32,
    first_name: &'static str,
    last_name: &'static str,
    place: &'static str,
    about: &'static str,
) -> Role {
    let (rights, mailbox, note): (&'static [Right], _, _) = (&[], Mailbox::Own, "");
    Role {
        number,
        first_name,
        last_name,
        place,
        about,
        rights,
        mailbox,
        note,
    }
}

const MARS: [Role; 10] = [
    Role {
        rights: &Right::ALL,
        note: "fondatrice, tous les droits",
        ..role(
            1,
            "Fatima",
            "Benali",
            "La Belle-de-Mai",
            "Je m'occupe de l'accueil. Appelez-moi pour votre premier échange.",
        )
    },
    role(
        3,
        "Lucien",
        "Faure",
        "Endoume",
        "Bricoleur du dimanche, et du lundi aussi.",
    ),
    Role {
        mailbox: Mailbox::Nowhere,
        ..role(
            7,
            "Odette",
            "Rey",
            "Endoume",
            "Pas d'ordinateur : téléphonez-moi, avant 20 h.",
        )
    },
    role(
        12,
        "Claire",
        "Aubert",
        "L'Estaque",
        "Couture, pain, et un peu d'anglais.",
    ),
    Role {
        rights: &[Right::Members, Right::EnterForOthers],
        note: "tient les comptes, écrit pour les autres",
        ..role(
            18,
            "Nadia",
            "Ferrand",
            "Saint-Henri",
            "J'écris les échanges de qui n'a pas Internet.",
        )
    },
    role(
        25,
        "Rose",
        "Tibaldi",
        "Le Rouet",
        "Je garde les chats et j'apprends le téléphone.",
    ),
    Role {
        rights: &[Right::Notices],
        note: "veille sur les annonces",
        ..role(
            30,
            "Jean",
            "Morel",
            "Saint-Henri",
            "Jardinier à la retraite, surtout les rosiers.",
        )
    },
    Role {
        mailbox: Mailbox::Shared,
        note: "partage sa boîte avec Josiane",
        ..role(
            44,
            "Henri",
            "Roux",
            "La Capelette",
            "Avec Josiane, nous partageons le courriel.",
        )
    },
    Role {
        mailbox: Mailbox::Shared,
        note: "partage sa boîte avec Henri",
        ..role(
            45,
            "Josiane",
            "Roux",
            "La Capelette",
            "Avec Henri, nous partageons le courriel.",
        )
    },
    role(
        52,
        "Hélène",
        "Vidal",
        "Saint-Henri",
        "Je cherche à apprendre la greffe.",
    ),
];

const BAIE: [Role; 1] = [Role {
    rights: &Right::ALL,
    note: "fondatrice, tous les droits",
    ..role(
        1,
        "Maëlle",
        "Kerbrat",
        "Cesson",
        "Voile, jardin, crêpes. J'accueille les nouveaux.",
    )
}];

const CLOS: [Role; 1] = [Role {
    rights: &Right::ALL,
    note: "fondatrice, tous les droits",
    ..role(
        1,
        "Bernadette",
        "Lacaze",
        "Cabessut",
        "Confitures et taille des arbres fruitiers.",
    )
}];

/// The cast of a SEL; its founder comes first.
pub(super) fn of(slug: &str) -> &'static [Role] {
    match slug {
        "baie" => &BAIE,
        "clos" => &CLOS,
        _ => &MARS,
    }
}

/// Where the members of a SEL live.
pub(super) fn districts(slug: &str) -> &'static [&'static str] {
    match slug {
        "baie" => &[
            "Cesson",
            "Robien",
            "Le Légué",
            "Ginglin",
            "Plérin",
            "Langueux",
            "Hillion",
        ],
        "clos" => &[
            "Cabessut",
            "Terre-Rouge",
            "Bégoux",
            "Saint-Georges",
            "Pradines",
            "Mercuès",
        ],
        _ => &[
            "L'Estaque",
            "Saint-Henri",
            "Endoume",
            "La Belle-de-Mai",
            "Le Rouet",
            "La Capelette",
            "Les Chartreux",
            "Saint-Barnabé",
            "La Blancarde",
            "Mazargues",
            "Le Panier",
            "La Rose",
            "Sainte-Marguerite",
            "Les Caillols",
            "Saint-Loup",
            "Castellane",
            "Noailles",
        ],
    }
}
