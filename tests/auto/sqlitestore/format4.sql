-- A database in format 4, as SqliteStore of 0.1 wrote it.
PRAGMA journal_mode = WAL;
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    user TEXT NOT NULL, -- empty for none
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    absolute INTEGER,
    issued INTEGER NOT NULL,
    version INTEGER NOT NULL,
    expiry TEXT, -- JSON, the session's own policy
    rotate INTEGER NOT NULL,
    attributes INTEGER NOT NULL,
    size INTEGER NOT NULL,
    flash TEXT, -- JSON array
    csrf BLOB,
    data TEXT NOT NULL -- JSON object
);
CREATE INDEX sessions_by_expiry ON sessions (expires);
CREATE INDEX sessions_by_creation ON sessions (created);
CREATE INDEX sessions_by_use ON sessions (seen);
CREATE INDEX sessions_by_user ON sessions (user, created);
CREATE TABLE graces (key TEXT PRIMARY KEY, session INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX graces_by_session ON graces (session);
CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    key TEXT NOT NULL,
    oldKey TEXT,
    user TEXT NOT NULL,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    reason TEXT
);
CREATE TABLE quarantined (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    key, user, created, seen, expires, absolute, issued, version, expiry, rotate, attributes, size, flash, csrf, data
);
INSERT INTO sessions VALUES (1, 'a4ayc_80_OGda4BO_1o_V0etpOqiLx1JwB5S3beHW0s', 'ann', 1700000000000, 1700000001000, 4102444800000, NULL, 1700000000000, 3, NULL, 0, 2, 22, '["hello"]', X'000102030405060708090a0b0c0d0e0f', '{"visits":3,"cart":["tea"]}');
INSERT INTO sessions VALUES (2, '1HNeOiZeFu7gP1lxi5tdAwGcB9i2xR-Q2jpmbuwTqzU', '', 1700000000000, 1700000000000, 4102444800000, 4102444800000, 1700000000000, 1, '{"idle":60}', 1, 0, 0, NULL, NULL, '{}');
INSERT INTO graces VALUES ('TgdAhWK-24tgzgXB3s_jrRa3IjCWfeAfZAt-Rym0n84', 1, 4102444800000);
INSERT INTO history VALUES (1, 'created', 'a4ayc_80_OGda4BO_1o_V0etpOqiLx1JwB5S3beHW0s', NULL, 'ann', 1700000000000, 1, NULL);
ALTER TABLE history ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    after INTEGER NOT NULL, -- the last event in the history then
    event TEXT NOT NULL,
    key TEXT NOT NULL,
    user TEXT NOT NULL,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    origin INTEGER NOT NULL
);
CREATE TABLE subscribers (origin INTEGER PRIMARY KEY, until INTEGER NOT NULL);
INSERT INTO changes VALUES (1, 1, 'changed', 'a4ayc_80_OGda4BO_1o_V0etpOqiLx1JwB5S3beHW0s', 'ann', 1700000001000, 3, 77);
INSERT INTO subscribers VALUES (77, 1700000060000);
CREATE TABLE replaced (key TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX replaced_by_time ON replaced (until);
ALTER TABLE sessions ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quarantined ADD COLUMN format;
ALTER TABLE sessions ADD COLUMN visit TEXT;
ALTER TABLE quarantined ADD COLUMN visit;
UPDATE sessions SET visit = '{"address":"192.0.2.7"}' WHERE id = 1;
INSERT INTO replaced VALUES ('ffWg57CqH847os1OSIg7DJCopiBzZAp7FMkdCfQnpsc', 4102444800000);
PRAGMA application_id = 1399810670;
PRAGMA user_version = 4;
