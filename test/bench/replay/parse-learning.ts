import * as v from 'valibot';
import { LANGUAGES } from '../../../font-service/pack/face-meta.ts';
import { DELIVERIES, type LearningPoint } from './bench-results.ts';

/** Some eighty times what `npm run bench:learning` writes for all languages. */
const MAX_LEARNING_CHARACTERS = 1_000_000;
const MAX_POINTS = 4_000;

const EXAMPLE =
  '{"lang":"ja","delivery":"typecase-site","grouped":true,"trained":true,"learnedViews":1000,"bytes":{"font":1,"css":1,"script":1,"headers":1,"total":4},"requests":21}';
const LIST_IS = `the file should be a list of 1 to ${MAX_POINTS} points`;
const POINT_IS = `a point should be an object like ${EXAMPLE}`;
const BYTES_ARE = '“bytes” should be an object of “font”, “css”, “script”, “headers” and “total”';

/** Every number of a point counts something: it is finite, and not negative. */
const amount = (name: string) => {
  const is = `“${name}” should be a number from 0 to ${Number.MAX_SAFE_INTEGER}`;
  return v.pipe(v.number(is), v.minValue(0, is), v.maxValue(Number.MAX_SAFE_INTEGER, is));
};

const flag = (name: string) => v.boolean(`“${name}” should be true or false`);

const learningPoint = v.object(
  {
    lang: v.picklist(LANGUAGES, `“lang” should be one of ${LANGUAGES.join()}`),
    delivery: v.picklist(DELIVERIES, `“delivery” should be one of ${DELIVERIES.join()}`),
    grouped: flag('grouped'),
    trained: flag('trained'),
    learnedViews: amount('learnedViews'),
    bytes: v.object(
      {
        font: amount('font'),
        css: amount('css'),
        script: amount('script'),
        headers: amount('headers'),
        total: amount('total'),
      },
      BYTES_ARE,
    ),
    requests: amount('requests'),
  },
  POINT_IS,
);

const learningPoints = v.pipe(
  v.array(learningPoint, LIST_IS),
  v.minLength(1, LIST_IS),
  v.maxLength(MAX_POINTS, LIST_IS),
);

/**
 * Parses the text that `npm run bench:learning -- --json FILE` writes; other fields are left out.
 * @throws Error that names the point (from 1) and the field, and says what would be right; it quotes nothing of the text, as
 * that may be anything.
 */
export function parseLearning(text: string): readonly LearningPoint[] {
  if (text.length > MAX_LEARNING_CHARACTERS)
    throw new Error(
      `the file has ${text.length} characters; it should have at most ${MAX_LEARNING_CHARACTERS}, as npm run bench:learning -- --json writes it`,
    );
  const result = v.safeParse(learningPoints, parseJson(text), { abortEarly: true });
  if (result.success) return result.output;
  throw new Error(messageOf(result.issues[0]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`not JSON; ${LIST_IS}, as npm run bench:learning -- --json writes it`);
  }
}

/** Where a field is missing the object has the issue, in valibot's own words. */
function messageOf(issue: v.InferIssue<typeof learningPoints>): string {
  const keys = issue.path?.map(({ key }) => key) ?? [];
  const point = keys.length === 0 ? '' : `point ${Number(keys[0]) + 1}: `;
  const isMissing = issue.input === undefined && keys.length > 1;
  return `${point}${isMissing ? `“${keys.at(-1)}” is missing; ${POINT_IS}` : issue.message}`;
}
