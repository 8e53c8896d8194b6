-- SPDX-License-Identifier: GPL-3.0-or-later
-- The run history, version 2: runs that were planned together.

-- A grid or list of changed options times seeds. Its runs are made with it, in the state
-- 'created' and without a process, and are trained one after another.
CREATE TABLE sweep (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    plan_json  TEXT NOT NULL
) STRICT;

ALTER TABLE run ADD COLUMN sweep_id INTEGER REFERENCES sweep (id) ON DELETE SET NULL;
ALTER TABLE run ADD COLUMN sweep_place INTEGER NOT NULL DEFAULT 0; -- from 1, in the order of training
ALTER TABLE run ADD COLUMN sweep_setting TEXT NOT NULL DEFAULT ''; -- what runs share that differ by seed
CREATE INDEX run_of_sweep ON run (sweep_id, sweep_place) WHERE sweep_id IS NOT NULL;
