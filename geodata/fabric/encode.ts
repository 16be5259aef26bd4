export { decodeFabric, encodeFabric, type FabricPayload } from './codec.ts';
