//! The secret by which pages name entries: made once, the same ever after and wherever the store goes.

use store::backup::backup;
use store::restore::restore;
use store::{Store, names};

use crate::engines::{addresses, each};

#[test]
fn the_secret_of_names_is_made_once_and_goes_with_the_store() {
    each(|store| {
        let made = names::secret(store, [7; names::BYTES]).unwrap();
        assert_eq!(made, [7; names::BYTES]);
        // Whatever a later program, or one that was a moment late, would make.
        assert_eq!(names::secret(store, [8; names::BYTES]).unwrap(), made);
        let mut file = Vec::new();
        backup(store, &mut file, &mut |_| {}).unwrap();
        for to in addresses() {
            let to = Store::open(&to).unwrap();
            restore(file.as_slice(), &to, &mut |_| {}).unwrap();
            assert_eq!(names::secret(&to, [9; names::BYTES]).unwrap(), made, "restored");
        }
    });
}

#[test]
fn of_programs_that_begin_at_once_all_have_the_same_secret() {
    each(|store| {
        let made: Vec<[u8; names::BYTES]> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|at| scope.spawn(move || names::secret(store, [at; names::BYTES]).unwrap()))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(made.iter().all(|one| *one == made[0]), "{made:?}");
    });
}

#[test]
fn a_secret_comes_back_from_the_disk() {
    let folder = std::env::temp_dir().join(format!("kith-names-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let address = format!("sqlite:{}", folder.join("store.db").display());
    let made = names::secret(&Store::open(&address).unwrap(), [3; names::BYTES]).unwrap();
    let again = names::secret(&Store::open(&address).unwrap(), [4; names::BYTES]).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(again, made);
}
