CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE account (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT uq_account_name UNIQUE (name)
);
CREATE TABLE import_source (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	preset TEXT NOT NULL, 
	signature TEXT NOT NULL, 
	mapping TEXT NOT NULL, 
	CONSTRAINT pk_import_source PRIMARY KEY (id), 
	CONSTRAINT uq_import_source_name UNIQUE (name)
);
CREATE TABLE owner (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	team TEXT NOT NULL, 
	CONSTRAINT pk_owner PRIMARY KEY (id), 
	CONSTRAINT uq_owner_name UNIQUE (name)
);
CREATE TABLE pipeline (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_pipeline PRIMARY KEY (id), 
	CONSTRAINT uq_pipeline_name UNIQUE (name)
);
CREATE TABLE batch (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	because TEXT NOT NULL, 
	source_id INTEGER, 
	as_of DATETIME, 
	summary TEXT NOT NULL, 
	undoes INTEGER, 
	undone_by INTEGER, 
	CONSTRAINT pk_batch PRIMARY KEY (id), 
	CONSTRAINT fk_batch_source_id_import_source FOREIGN KEY(source_id) REFERENCES import_source (id), 
	CONSTRAINT fk_batch_undoes_batch FOREIGN KEY(undoes) REFERENCES batch (id), 
	CONSTRAINT fk_batch_undone_by_batch FOREIGN KEY(undone_by) REFERENCES batch (id)
);
CREATE INDEX ix_batch_at ON batch (at);
CREATE TABLE stage (
	id INTEGER NOT NULL, 
	pipeline_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	probability FLOAT NOT NULL, 
	CONSTRAINT pk_stage PRIMARY KEY (id), 
	CONSTRAINT fk_stage_pipeline_id_pipeline FOREIGN KEY(pipeline_id) REFERENCES pipeline (id), 
	CONSTRAINT uq_stage_pipeline_id_folded UNIQUE (pipeline_id, folded)
);
CREATE TABLE deal (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	archived BOOLEAN NOT NULL, 
	source_id INTEGER, 
	"key" TEXT NOT NULL, 
	external_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	account_id INTEGER, 
	owner_id INTEGER, 
	stage_id INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	amount BIGINT, 
	currency TEXT NOT NULL, 
	probability FLOAT, 
	created DATE, 
	close_date DATE, 
	closed_on DATE, 
	close_reason TEXT NOT NULL, 
	crm_category TEXT, 
	rep_category TEXT, 
	manager_category TEXT, 
	next_step TEXT NOT NULL, 
	next_step_date DATE, 
	last_activity DATE, 
	last_stage_change DATE, 
	missing_since DATE, 
	resume_on DATE, 
	segment TEXT NOT NULL, 
	lead_source TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	description TEXT NOT NULL, 
	levels TEXT NOT NULL, 
	set_here TEXT NOT NULL, 
	stage_entered_at DATETIME, 
	last_move_at DATETIME, 
	push_count INTEGER NOT NULL, accepted TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_deal PRIMARY KEY (id), 
	CONSTRAINT fk_deal_account_id_account FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_deal_owner_id_owner FOREIGN KEY(owner_id) REFERENCES owner (id), 
	CONSTRAINT fk_deal_source_id_import_source FOREIGN KEY(source_id) REFERENCES import_source (id), 
	CONSTRAINT fk_deal_stage_id_stage FOREIGN KEY(stage_id) REFERENCES stage (id)
);
CREATE INDEX ix_deal_key ON deal (source_id, "key");
CREATE TABLE rejected_row (
	id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	"column" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	"row" TEXT NOT NULL, 
	CONSTRAINT pk_rejected_row PRIMARY KEY (id), 
	CONSTRAINT fk_rejected_row_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
CREATE INDEX ix_rejected_row_batch_id ON rejected_row (batch_id);
CREATE TABLE deal_event (
	id INTEGER NOT NULL, 
	deal_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	field TEXT NOT NULL, 
	old TEXT, 
	new TEXT, 
	origin TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	superseded_by INTEGER, 
	CONSTRAINT pk_deal_event PRIMARY KEY (id), 
	CONSTRAINT fk_deal_event_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_deal_event_deal_id_deal FOREIGN KEY(deal_id) REFERENCES deal (id), 
	CONSTRAINT fk_deal_event_superseded_by_batch FOREIGN KEY(superseded_by) REFERENCES batch (id)
);
CREATE INDEX ix_deal_event_batch ON deal_event (batch_id, deal_id);
CREATE INDEX ix_deal_event_deal ON deal_event (deal_id, at);
CREATE TABLE note (
	id INTEGER NOT NULL, 
	deal_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	text TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (id), 
	CONSTRAINT fk_note_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_note_deal_id_deal FOREIGN KEY(deal_id) REFERENCES deal (id)
);
CREATE INDEX ix_note_batch_id ON note (batch_id);
CREATE INDEX ix_note_deal_id ON note (deal_id);
CREATE TABLE observation (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	deal_id INTEGER NOT NULL, 
	as_of DATETIME NOT NULL, 
	"row" TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_observation PRIMARY KEY (id), 
	CONSTRAINT fk_observation_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_observation_deal_id_deal FOREIGN KEY(deal_id) REFERENCES deal (id), 
	CONSTRAINT fk_observation_source_id_import_source FOREIGN KEY(source_id) REFERENCES import_source (id)
);
CREATE INDEX ix_observation_batch ON observation (batch_id);
CREATE INDEX ix_observation_deal ON observation (deal_id, as_of);
CREATE TABLE qualification (
	id INTEGER NOT NULL, 
	deal_id INTEGER NOT NULL, 
	item TEXT NOT NULL, 
	text TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_qualification PRIMARY KEY (id), 
	CONSTRAINT fk_qualification_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_qualification_deal_id_deal FOREIGN KEY(deal_id) REFERENCES deal (id)
);
CREATE INDEX ix_qualification_deal_id ON qualification (deal_id);
CREATE TABLE export (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	as_of DATETIME NOT NULL, 
	name TEXT NOT NULL, 
	is_whole BOOLEAN NOT NULL, 
	heard TEXT NOT NULL, 
	unread TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_export PRIMARY KEY (id), 
	CONSTRAINT fk_export_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_export_source_id_import_source FOREIGN KEY(source_id) REFERENCES import_source (id)
);
CREATE INDEX ix_export_batch_id ON export (batch_id);
CREATE INDEX ix_export_source ON export (source_id, as_of);
CREATE TABLE "conflict" (
	id INTEGER NOT NULL, 
	deal_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	ours TEXT, 
	theirs TEXT, 
	as_of DATETIME NOT NULL, 
	batch_id INTEGER NOT NULL, 
	settled_by INTEGER, 
	CONSTRAINT pk_conflict PRIMARY KEY (id), 
	CONSTRAINT fk_conflict_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_conflict_deal_id_deal FOREIGN KEY(deal_id) REFERENCES deal (id), 
	CONSTRAINT fk_conflict_settled_by_batch FOREIGN KEY(settled_by) REFERENCES batch (id)
);
CREATE INDEX ix_conflict_batch_id ON "conflict" (batch_id);
CREATE INDEX ix_conflict_deal_id ON "conflict" (deal_id);
CREATE INDEX ix_conflict_settled_by ON "conflict" (settled_by);
CREATE INDEX ix_deal_event_superseded ON deal_event (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE TABLE promise (
	id INTEGER NOT NULL, 
	thread INTEGER NOT NULL, 
	deal_id INTEGER, 
	kind TEXT NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	due DATE, 
	state TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_promise PRIMARY KEY (id), 
	CONSTRAINT fk_promise_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_promise_deal_id_deal FOREIGN KEY(deal_id) REFERENCES deal (id)
);
CREATE INDEX ix_promise_batch_id ON promise (batch_id);
CREATE INDEX ix_promise_deal_id ON promise (deal_id);
CREATE INDEX ix_promise_thread ON promise (thread);
CREATE TABLE quota (
	id INTEGER NOT NULL, 
	period TEXT NOT NULL, 
	team TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	amount BIGINT, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_quota PRIMARY KEY (id), 
	CONSTRAINT fk_quota_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
CREATE INDEX ix_quota_batch_id ON quota (batch_id);
CREATE TABLE forecast_call (
	id INTEGER NOT NULL, 
	period TEXT NOT NULL, 
	team TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_forecast_call PRIMARY KEY (id), 
	CONSTRAINT fk_forecast_call_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
CREATE INDEX ix_forecast_call_batch_id ON forecast_call (batch_id);
CREATE TABLE call_line (
	id INTEGER NOT NULL, 
	call_id INTEGER NOT NULL, 
	deal_id INTEGER NOT NULL, 
	rep TEXT, 
	manager TEXT, 
	reason TEXT NOT NULL, 
	override_reason TEXT NOT NULL, 
	condition TEXT NOT NULL, 
	condition_by DATE, 
	condition_owner TEXT NOT NULL, 
	note TEXT NOT NULL, 
	waiting BOOLEAN NOT NULL, 
	reached BOOLEAN NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_call_line PRIMARY KEY (id), 
	CONSTRAINT fk_call_line_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_call_line_call_id_forecast_call FOREIGN KEY(call_id) REFERENCES forecast_call (id), 
	CONSTRAINT fk_call_line_deal_id_deal FOREIGN KEY(deal_id) REFERENCES deal (id)
);
CREATE INDEX ix_call_line_batch_id ON call_line (batch_id);
CREATE INDEX ix_call_line_call ON call_line (call_id, deal_id);
CREATE INDEX ix_call_line_deal_id ON call_line (deal_id);
CREATE TABLE call_number (
	id INTEGER NOT NULL, 
	call_id INTEGER NOT NULL, 
	number BIGINT, 
	risks TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_call_number PRIMARY KEY (id), 
	CONSTRAINT fk_call_number_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_call_number_call_id_forecast_call FOREIGN KEY(call_id) REFERENCES forecast_call (id)
);
CREATE TABLE call_revision (
	id INTEGER NOT NULL, 
	call_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	snapshot_id TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	snapshot TEXT NOT NULL, 
	entries TEXT NOT NULL, 
	CONSTRAINT pk_call_revision PRIMARY KEY (id), 
	CONSTRAINT fk_call_revision_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id), 
	CONSTRAINT fk_call_revision_call_id_forecast_call FOREIGN KEY(call_id) REFERENCES forecast_call (id)
);
CREATE INDEX ix_call_number_batch_id ON call_number (batch_id);
CREATE INDEX ix_call_number_call_id ON call_number (call_id);
CREATE INDEX ix_call_revision_batch_id ON call_revision (batch_id);
CREATE INDEX ix_call_revision_call_id ON call_revision (call_id)
