-- SPDX-License-Identifier: GPL-3.0-or-later
-- The run history, version 1. Times are milliseconds since 1970-01-01T00:00:00Z. Described for
-- people in docs/database.md.
PRAGMA application_id = 0x4d6f636f; -- "Moco"

-- A process that made or ran runs; by it one tells whether a running run still lives. A pid alone
-- would not do: it is given away again.
CREATE TABLE process (
    id            INTEGER PRIMARY KEY,
    host          TEXT NOT NULL,
    boot_id       TEXT NOT NULL,
    pid_namespace TEXT NOT NULL,
    pid           INTEGER NOT NULL,
    start_ticks   INTEGER NOT NULL, -- field 22 of /proc/PID/stat
    UNIQUE (host, boot_id, pid_namespace, pid, start_ticks)
) STRICT;

CREATE TABLE run (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- never given away again
    uuid          TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    preset        TEXT NOT NULL DEFAULT '',
    state         TEXT NOT NULL DEFAULT 'created' CHECK (state IN
                  ('created', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted')),
    state_reason  TEXT NOT NULL DEFAULT '',
    created_at    INTEGER NOT NULL,
    started_at    INTEGER,
    finished_at   INTEGER,
    updated_at    INTEGER NOT NULL, -- last time that something was recorded or edited
    trashed_at    INTEGER,
    config_json   TEXT NOT NULL,
    software      TEXT NOT NULL DEFAULT '',
    device        TEXT NOT NULL DEFAULT '',
    seed          INTEGER NOT NULL DEFAULT 0,
    parent_run    INTEGER REFERENCES run (id) ON DELETE SET NULL,
    process_id    INTEGER REFERENCES process (id) ON DELETE SET NULL,
    notes         TEXT NOT NULL DEFAULT '',
    colour        TEXT NOT NULL DEFAULT '',
    -- What a list of runs shows; follows from the tables below and is kept with them.
    total_steps   INTEGER NOT NULL DEFAULT 0,
    last_step     INTEGER NOT NULL DEFAULT 0,
    duration_ms   INTEGER NOT NULL DEFAULT 0,
    last_loss     REAL,
    last_knn_top1 REAL,
    best_knn_top1 REAL
) STRICT;
CREATE INDEX run_parent ON run (parent_run) WHERE parent_run IS NOT NULL;
CREATE INDEX run_process ON run (process_id) WHERE process_id IS NOT NULL;

CREATE TABLE metric_name (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    unit TEXT NOT NULL DEFAULT ''
) STRICT;

-- One value of one metric at one step. NULL: not a number. Infinities are kept.
CREATE TABLE metric (
    run_id  INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    name_id INTEGER NOT NULL REFERENCES metric_name (id),
    step    INTEGER NOT NULL,
    value   REAL,
    PRIMARY KEY (run_id, name_id, step)
) WITHOUT ROWID, STRICT;

-- Once a step, not once a value. wall_ms: since the run's first start, pauses left out.
CREATE TABLE step_time (
    run_id  INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    step    INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    epoch   REAL NOT NULL,
    PRIMARY KEY (run_id, step)
) WITHOUT ROWID, STRICT;

CREATE TABLE event (
    id      INTEGER PRIMARY KEY,
    run_id  INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    step    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    layer   TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX event_of_run ON event (run_id, step, id);

CREATE TABLE checkpoint (
    run_id   INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    path     TEXT NOT NULL,
    step     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    bytes    INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (run_id, path)
) WITHOUT ROWID, STRICT;

CREATE TABLE tag (
    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    name   TEXT NOT NULL,
    PRIMARY KEY (run_id, name)
) WITHOUT ROWID, STRICT;

-- For people and scripts: every value with its names and times.
CREATE VIEW metric_point AS
SELECT metric.run_id, run.name AS run, metric_name.name AS metric, metric_name.unit, metric.step,
       step_time.epoch, step_time.wall_ms / 1000.0 AS seconds, metric.value
FROM metric
JOIN run ON run.id = metric.run_id
JOIN metric_name ON metric_name.id = metric.name_id
LEFT JOIN step_time ON step_time.run_id = metric.run_id AND step_time.step = metric.step;
