/** What the TypeScript type `Report` lets each place hold, as the compiler understands it. */
import { resolve } from 'node:path';
import ts from 'typescript';
import { placesOf, type Alternative, type Place } from './shape.ts';

const SRC = resolve(import.meta.dirname, '../../../src');

/** Every place of a Report as its type has it. */
export function typePlaces(): ReadonlyMap<string, Place> {
  const file = resolve(SRC, 'report/types.ts');
  const config = ts.getParsedCommandLineOfConfigFile(resolve(SRC, 'tsconfig.json'), {}, host());
  if (!config) throw new Error('src/tsconfig.json cannot be read');
  const program = ts.createProgram([file], { ...config.options, composite: false, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const declaration = source?.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'Report',
  );
  if (!declaration) throw new Error('src/report/types.ts declares no interface Report');
  return placesOf(alternativesOf(checker.getTypeAtLocation(declaration), checker));
}

function host(): ts.ParseConfigFileHost {
  return {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  };
}

function alternativesOf(type: ts.Type, checker: ts.TypeChecker): readonly Alternative[] {
  if (type.isUnion()) return type.types.flatMap((part) => alternativesOf(part, checker));
  if (type.isLiteral()) return [{ kind: 'plain', text: JSON.stringify(type.value) }];
  // An optional property's type has `undefined` beside what it holds; JSON has no such value.
  if (type.flags & ts.TypeFlags.Undefined) return [];
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    return [{ kind: 'array', items: item ? alternativesOf(item, checker) : [] }];
  }
  const values = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (values && !(type.flags & ts.TypeFlags.StringLike))
    return [{ kind: 'map', values: alternativesOf(values, checker) }];
  if (type.flags & ts.TypeFlags.Object || type.isIntersection()) {
    const members = checker.getPropertiesOfType(type).map((symbol) => {
      const optional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
      return [
        symbol.name,
        { optional, alternatives: alternativesOf(checker.getTypeOfSymbol(symbol), checker) },
      ] as const;
    });
    return [{ kind: 'object', members: new Map(members) }];
  }
  return [{ kind: 'plain', text: checker.typeToString(type) }]; // string, number, true, false, null
}
