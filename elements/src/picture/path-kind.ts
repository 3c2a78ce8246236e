/** Kinds of paths: how they are read, answered and described, for the elements that draw one of them each. */
import type { Point } from '../base/geometry.ts';
import type { IconName } from '../base/icons.ts';
import { AttributeError, readNumber, readScore, readText } from '../base/json-attributes.ts';
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { percentage } from '../labels/labels.ts';
import type { Noun } from '../tool/stage.ts';
import { PathDrawing } from './drawing/path-drawing.ts';
import type { ShapeKind } from './shape-kind.ts';
import { pathFigure } from './shapes/figures.ts';
import { boundsOf, PathGeometry, type Path, type PathRule } from './shapes/path.ts';

function readVertex(value: Json): Point {
  if (!isJsonObject(value)) throw new AttributeError(`a vertex must be an object such as {"x": 1, "y": 2}, but it is ${JSON.stringify(value)}`);
  return { x: readNumber(value, 'x'), y: readNumber(value, 'y') };
}

function readVertices({ vertices }: JsonObject, { fewest, most }: PathRule): Point[] {
  if (!Array.isArray(vertices)) throw new AttributeError(`"vertices" must be a list of objects {"x": …, "y": …}`);
  if (vertices.length < fewest || vertices.length > most) {
    throw new AttributeError(`"vertices" must be ${fewest === most ? '' : 'at least '}${fewest}, but there are ${vertices.length}`);
  }
  return vertices.map(readVertex);
}

const wholeVertex = ({ x, y }: Point): { x: number; y: number } => ({ x: Math.round(x), y: Math.round(y) });

/** `where` says where a path of this kind lies, in words. */
export function pathKind(noun: Noun, icon: IconName, rule: PathRule, where: (vertices: readonly Point[]) => string): ShapeKind<Path> {
  const geometry = new PathGeometry(rule);
  return {
    noun,
    icon,
    answerKey: noun.plural,
    geometry,
    drawing: new PathDrawing(geometry, noun.singular),
    figure: pathFigure(rule.isClosed),

    read: (item, id) => ({ id, label: readText(item, 'label'), vertices: readVertices(item, rule), ...readScore(item) }),

    /** Whole numbers, keys in alphabetical order. */
    write: ({ label, vertices }) => ({ label, vertices: vertices.map(wholeVertex) }),

    describe: ({ label, score, vertices }) =>
      `${label}${score === undefined ? '' : ` ${percentage(score)}`}, ${where(vertices.map(wholeVertex))}`,
    where: ({ vertices }) => where(vertices.map(wholeVertex)),
    snaps: true,
  };
}

/** How many vertices a path has, and the rectangle around it. */
export function extent(vertices: readonly Point[]): string {
  const { left, top, width, height } = boundsOf(vertices);
  return `${vertices.length} vertices, ${width} × ${height} at ${left}, ${top}`;
}
