-- SPDX-License-Identifier: GPL-3.0-or-later
-- The run history, version 5: files that are made from a run's checkpoints.

CREATE TABLE artifact (
    run_id     INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    path       TEXT NOT NULL,
    kind       TEXT NOT NULL, -- 'sample', 'features', 'attention'
    step       INTEGER NOT NULL, -- of the checkpoint; 0 for what belongs to all
    sha256     TEXT NOT NULL,
    bytes      INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (run_id, path)
) WITHOUT ROWID, STRICT;
