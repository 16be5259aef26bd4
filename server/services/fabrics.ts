import { decodeFabric } from '../../geodata/fabric/codec.ts';
import type { CommunityCode, Fabric, Ground } from '../../geodata/model/index.ts';
import { DEFAULT_RULE_SET_ID } from '../../geodata/rules/index.ts';
import { notFound } from '../plugins/failure.ts';
import { findFabric, lockCommunity, newestFabricVersion, saveFabric } from '../repositories/fabrics.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import { isStale, markFresh } from '../repositories/stale-fabrics.ts';
import { type Context, inTransaction } from './context.ts';
import { readGround } from './ground.ts';
import { RecentlyUsed } from './recently-used.ts';
import type { CutFabric, Work } from './work.ts';

/** What must happen in the transaction that stores a newly cut fabric: plans are laid onto it. */
export type AfterCut = (connection: Connection, code: CommunityCode, version: number) => Promise<void>;

/** The fabrics of communities: immutable versions, cut anew when the ground has changed. */
export class Fabrics {
  afterCut: AfterCut = async () => {};
  readonly #work: Work;
  readonly #decoded = new RecentlyUsed<Fabric>(200);
  readonly #building = new Map<string, Promise<number>>();
  readonly #context: Context;

  constructor(context: Context, work: Work) {
    this.#context = context;
    this.#work = work;
  }

  /** The version that shows the ground as it is now; cuts it when there is none yet. */
  async current(scope: Scope, code: CommunityCode): Promise<number> {
    const known = await inTransaction(this.#context, async (connection) => {
      const version = await newestFabricVersion(connection, scope, code);
      return version !== null && !(await isStale(connection, code)) ? version : null;
    });
    if (known !== null) return known;
    const running = this.#building.get(code);
    if (running) return running;
    const building = this.#cut(scope, code).finally(() => this.#building.delete(code));
    this.#building.set(code, building);
    return building;
  }

  /** Cuts a ground, stored or not. A building too large for one grid is divided by its entrances. */
  build(ground: Ground, version: number): Promise<CutFabric> {
    return this.#work.cutFabric(ground, version, DEFAULT_RULE_SET_ID);
  }

  async #cut(scope: Scope, code: CommunityCode): Promise<number> {
    const read = await inTransaction(this.#context, async (connection) => ({
      ground: await readGround(connection, scope, code),
      version: ((await newestFabricVersion(connection, scope, code)) ?? 0) + 1,
    }));
    if (read.ground === null) throw notFound('community', code);
    const { payload, issues } = await this.build(read.ground, read.version);
    return inTransaction(this.#context, async (connection) => {
      await lockCommunity(connection, code);
      // Another server on the same database may have been faster.
      const newest = await newestFabricVersion(connection, scope, code);
      if (newest !== null && newest >= read.version) return newest;
      const fabric = { communityCode: code, version: read.version, payload, issues };
      await saveFabric(connection, fabric, this.#context.now());
      await markFresh(connection, code);
      await this.afterCut(connection, code, read.version);
      return read.version;
    });
  }

  /** One version, decoded. @throws when it does not exist: plans refer to their fabric by a foreign key. */
  async read(connection: Connection, scope: Scope, code: CommunityCode, version: number): Promise<Fabric> {
    const key = `${code}:${version}`;
    const known = this.#decoded.get(key);
    if (known) return known;
    const stored = await findFabric(connection, scope, code, version);
    if (stored === null) throw new Error(`no fabric ${key}`);
    const fabric = decodeFabric(stored.payload);
    this.#decoded.set(key, fabric);
    return fabric;
  }
}
