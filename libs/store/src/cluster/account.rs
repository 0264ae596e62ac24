//! The user of the operating system that Postgres runs as: ourselves, unless we are root.

use std::fs::{self, DirBuilder, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, lchown};
use std::path::Path;

use super::Error;

const ROOT: u32 = 0;
/// What the group and everybody else may do, in a mode.
const OTHERS: u32 = 0o077;
/// In this order: a machine with a system PostgreSQL has the first, any machine the second.
const SUITABLE: [&str; 2] = ["postgres", "nobody"];

/// Who runs Postgres and owns its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
    /// We are root, and must become this user to run a program of PostgreSQL.
    pub(super) switched: bool,
}

impl Account {
    /// We ourselves, if we are not root. As root, the owner of existing data stays the owner, so
    /// that a PostgreSQL package which arrives later (and brings its user) changes nothing.
    pub(super) fn choose(data: &Path) -> Result<Account, Error> {
        // The directory of a process in /proc always shows its effective user.
        let ourselves = Path::new("/proc/self");
        let own = fs::metadata(ourselves).map_err(Error::at(ourselves))?;
        if own.uid() != ROOT {
            return Ok(Account {
                uid: own.uid(),
                gid: own.gid(),
                switched: false,
            });
        }
        if let Ok(owner) = fs::metadata(data)
            && owner.uid() != ROOT
        {
            return Ok(Account {
                uid: owner.uid(),
                gid: owner.gid(),
                switched: true,
            });
        }
        let passwd = Path::new("/etc/passwd");
        let text = fs::read_to_string(passwd).map_err(Error::at(passwd))?;
        let (uid, gid) = among(&text).ok_or(Error::NoAccount)?;
        Ok(Account {
            uid,
            gid,
            switched: true,
        })
    }

    /// Refuses a path which this user cannot walk down to. Access lists are not read.
    pub(super) fn reaches(self, path: &Path) -> Result<(), Error> {
        if !self.switched {
            return Ok(());
        }
        for directory in path.ancestors() {
            let found = fs::metadata(directory).map_err(Error::at(directory))?;
            if !self.may_enter(found.uid(), found.gid(), found.mode()) {
                return Err(Error::Closed {
                    directory: directory.to_owned(),
                    uid: self.uid,
                });
            }
        }
        Ok(())
    }

    fn may_enter(self, uid: u32, gid: u32, mode: u32) -> bool {
        let execute = if uid == self.uid {
            0o100
        } else if gid == self.gid {
            0o010
        } else {
            0o001
        };
        mode & execute != 0
    }

    /// Hands over a file, or a directory with all that it holds. The directory itself comes last:
    /// until then its future owner cannot move anything under our feet.
    pub(super) fn receive(self, path: &Path) -> Result<(), Error> {
        if !self.switched {
            return Ok(());
        }
        let found = fs::symlink_metadata(path).map_err(Error::at(path))?;
        if found.is_dir() {
            for entry in fs::read_dir(path).map_err(Error::at(path))? {
                self.receive(&entry.map_err(Error::at(path))?.path())?;
            }
        }
        lchown(path, Some(self.uid), Some(self.gid)).map_err(Error::at(path))
    }

    /// A directory that is this user's alone, made now or found.
    pub(super) fn private_directory(self, path: &Path) -> Result<(), Error> {
        match DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => {}
            Err(already) if already.kind() == ErrorKind::AlreadyExists => {
                // Of the link, if it is one: its maker chose where it leads.
                let found = fs::symlink_metadata(path).map_err(Error::at(path))?;
                if !self.keeps_private(&found) {
                    return Err(Error::Foreign {
                        directory: path.to_owned(),
                        uid: self.uid,
                    });
                }
                if found.uid() == self.uid {
                    return Ok(());
                }
            }
            Err(source) => return Err(Error::at(path)(source)),
        }
        self.receive(path)
    }

    /// Root's own is accepted too: an earlier start was cut off before it handed it over.
    fn keeps_private(self, found: &Metadata) -> bool {
        let ours = found.uid() == self.uid || (self.switched && found.uid() == ROOT);
        ours && found.is_dir() && found.mode() & OTHERS == 0
    }
}

/// The first suitable user in a text in the form of passwd(5), as (uid, gid). One that is root
/// under another name is not suitable.
fn among(passwd: &str) -> Option<(u32, u32)> {
    SUITABLE
        .iter()
        .find_map(|name| passwd.lines().find_map(|line| identity(line, name)))
}

fn identity(line: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = line.split(':');
    if fields.next() != Some(name) {
        return None;
    }
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    (uid != ROOT).then_some((uid, gid))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOMEBODY: Account = Account {
        uid: 101,
        gid: 104,
        switched: true,
    };

    #[test]
    fn postgres_is_preferred_to_nobody() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\n\
                      nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n\
                      postgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(among(passwd), Some((101, 104)));
    }

    #[test]
    fn nobody_is_the_second_choice() {
        let passwd = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533:::\npostgresql:x:7:7:::\n";
        assert_eq!(among(passwd), Some((65534, 65533)));
    }

    #[test]
    fn a_user_that_is_root_or_unreadable_is_passed_over() {
        assert_eq!(among("postgres:x:0:0:::\nnobody:x:9:8:::"), Some((9, 8)));
        assert_eq!(among("postgres:x:many:4:::\npostgres\nnobody:x"), None);
        assert_eq!(among(""), None);
    }

    #[test]
    fn the_class_that_fits_first_decides_who_may_enter() {
        assert!(SOMEBODY.may_enter(101, 0, 0o100));
        assert!(!SOMEBODY.may_enter(101, 0, 0o011));
        assert!(SOMEBODY.may_enter(0, 104, 0o010));
        assert!(!SOMEBODY.may_enter(0, 104, 0o101));
        assert!(SOMEBODY.may_enter(0, 0, 0o711));
        assert!(!SOMEBODY.may_enter(0, 0, 0o750));
    }
}
