/** What the module is loaded from when it is not beside this file. */
export type ModuleSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/** Loads the module; the other functions work once this has settled. Calling it again does no harm. */
export function init(module?: ModuleSource | Promise<ModuleSource>): Promise<void>;

/** Metadata: text or bytes as they stand in a file, or a record or catalogue as a value. */
export type Input = string | Uint8Array | ArrayBuffer | object;

/** Several documents for one report, each under its name. */
export type Inputs = Map<string, Input>;

export interface Options {
  /** What to call the one document in the report; `input` when left out. */
  name?: string;
  /** The day to judge by, as a date or `YYYY-MM-DD`; today when left out. */
  as_of?: string | Date;
  /** The set of rules and thresholds; `la` when left out. */
  profile?: string;
  /** The rules to apply, by name or code; all when left out. */
  select?: string[];
  /** Rules to leave out, by name or code. */
  ignore?: string[];
  /** Another severity for a rule. */
  severity?: Record<string, Severity>;
  /** Findings that are known and stay: marked, without cost to the score, until they end. */
  acknowledge?: Acknowledge[];
  /** What `start` and `end` count: UTF-16 code units, as editors do, or bytes. */
  offsets?: 'utf16' | 'bytes';
}

/** A finding that is known and stays. */
export interface Acknowledge {
  /** The rule, by name or code. */
  rule: string;
  /** Why it stays. */
  reason: string;
  /** Only of the dataset with this id. */
  dataset?: string;
  /** Only where it is about this field of the metadata, or of the data. */
  field?: string;
  /** Only in documents whose name fits this pattern. */
  path?: string;
  /** Who decided: a role. */
  role?: string;
  /** The day on which it ends, `2027-06-30`. */
  expires?: string;
}

/** Options of a check. */
export interface CheckOptions extends Options {
  /** The data that the one record describes, as the bytes or the text of a CSV or GeoJSON file: the record is held against it. */
  data?: string | Uint8Array | ArrayBuffer;
  /** What to call the data in messages; `data` when left out. */
  data_name?: string;
}

/** Judges metadata and returns a report. Throws only for options it does not know and data it cannot read. */
export function check(input: Input | Inputs, options?: CheckOptions): Report;

/** Says what was understood of each dataset: its fields with their places, and the judgements. */
export function inspect(input: Input | Inputs, options?: Options): Understood[];

/** Puts the safe fixes of findings into the text of one document; every byte outside the fixes stays. */
export function fix(input: Input, options?: Options & FixOptions): Fixed;

export interface FixOptions {
  /** Also those fixes that a person should read first. */
  unsafe?: boolean;
  /** Only the fixes of these rules, by name or code. */
  rules?: string[];
}

/** What came of fixing a document. */
export interface Fixed {
  /** The new text; null where nothing changed. */
  text: string | null;
  applied: FixTold[];
  left: (FixTold & { why: 'not-wanted' | 'overlapping' | 'not-editable' })[];
  /** Why nothing was changed after all. */
  refused: string | null;
}

export interface FixTold {
  rule: string;
  code: string;
  message: string;
  title: string;
  safety: 'safe' | 'needs-review';
  fingerprint: string;
}

/** A rule, by name or code, with its page. */
export function explain(rule: string): Record<string, unknown>;

/** Every rule. */
export function rules(): Record<string, unknown>[];

/** The forms of a report. The HTML is a fragment; in each, what came from a record is escaped. */
export type Form = 'text' | 'markdown' | 'html' | 'csv' | 'csv-datasets' | 'json' | 'statistics' | 'statistics-json';

/** A report in a form for people, or as a table. */
export function render(report: Report | string, form?: Form): string;

export type Severity = 'error' | 'warning' | 'info';
export type Outcome = 'pass' | 'fail' | 'not-applicable' | 'unknown';
export type ItemCode = 'C1' | 'C2' | 'C3' | 'A4' | 'M5' | 'M6' | 'T7' | 'T8' | 'I9' | 'I10';
export type AreaName = 'consistency' | 'accessibility' | 'comprehensiveness' | 'trustworthiness' | 'interest';

/** The report. Every key is always there, null where there is nothing to say. */
export interface Report {
  report_version: 1;
  tool: { name: string; version: string };
  as_of: string | null;
  profile: string;
  documents: Document[];
  summary: Summary;
  datasets: Dataset[];
  findings: Finding[];
}

/** A document that was read; `format` is null when it could not be told. */
export interface Document {
  name: string;
  format: string | null;
  records: number;
}

export interface Summary {
  datasets: number;
  /** Without those that are acknowledged. */
  findings: Record<Severity, number>;
  acknowledged: number;
  areas: Areas;
  owners: Record<string, unknown>[];
  /** Where the datasets are of more than one; else empty. */
  portals: Record<string, unknown>[];
  acknowledgements: AcknowledgementState[];
}

/** What was acknowledged, and what came of it. */
export interface AcknowledgementState extends Acknowledgement {
  rule: string;
  dataset: string | null;
  field: string | null;
  path: string | null;
  state: 'in-use' | 'in-part' | 'ended' | 'unused' | 'not-judged';
  findings: number;
}

/** Why a finding is known and stays. */
export interface Acknowledgement {
  reason: string;
  role: string | null;
  expires: string | null;
}

export type Areas = Record<AreaName, Area>;

/** One of the five areas; `score` is null when nothing in it could be judged. */
export interface Area {
  score: number | null;
  passed: number;
  applicable: number;
  unknown: number;
}

export interface Dataset {
  document: string;
  pointer: string | null;
  line: number | null;
  id: string | null;
  title: string | null;
  owner: string | null;
  /** How often its page was opened, where the file tells it. */
  views: number | null;
  /** The ten items of the checklist, in its order. */
  items: Item[];
  areas: Areas;
}

export interface Item {
  item: ItemCode;
  outcome: Outcome;
  reason: string | null;
  /** The rules that decided it. */
  rules: string[];
}

/** Something a reader will stumble over. */
export interface Finding {
  rule: string;
  code: string;
  item: string | null;
  severity: Severity;
  confidence: string;
  /** Index into `datasets`; null for a finding about a whole document or catalogue. */
  dataset: number | null;
  message: string;
  why: string;
  how: string;
  evidence: string | null;
  locations: Location[];
  ratio: { bad: number; judged: number } | null;
  fix: Fix | null;
  fingerprint: string;
  acknowledged: Acknowledgement | null;
}

/** A place in a document; lines and columns count from 1, `start` and `end` as `Options.offsets` says. */
export interface Location {
  document: string;
  pointer: string | null;
  line: number | null;
  column: number | null;
  start: number | null;
  end: number | null;
}

export interface Fix {
  safety: string;
  title: string;
  /** RFC 6902. */
  patch: Record<string, unknown>[];
  edits: { start: number; end: number; text: string }[];
}

/** What was understood of one dataset. */
export interface Understood {
  file: string;
  line: number | null;
  pointer: string | null;
  format: string;
  dataset: Record<string, unknown>;
  judgements: Record<string, unknown>;
  columns: Record<string, unknown>[];
}
