import * as Comlink from 'comlink';
import { drawOutlines, useFabric } from './draw-outlines.ts';

Comlink.expose({ useFabric, drawOutlines });
