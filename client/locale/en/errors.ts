/** Errors of the server and the network, by code: what happened, and what to do. */
export const errors = {
  offline: 'The server cannot be reached. Your changes are kept here and sent when it is back; check the network.',
  notFound: 'This was not found, it may have been deleted. Open it again from the county page.',
  invalidRequest: 'The server refused this request as incomplete or malformed. Reload the page and try again.',
  staleChange: 'Someone else changed the plan; your changes are being put on top of the newest version.',
  tooLarge: 'The file is too large; split it and upload the parts.',
  tooManyRequests: 'Too many requests; wait a moment and try again.',
  internal:
    'The server failed inside; no data was changed. Try again later, and tell your administrator if it returns.',
  unavailable: 'The server is busy or starting; wait a moment and try again.',
  badRequest: 'The server refused this request as incomplete or malformed. Reload the page and try again.',
  busy: 'The server is busy; wait a moment and try again.',
  outOfScope: 'This is outside the area you are responsible for.',
  gridLocked: 'The grid is locked and the change was not kept. Unlock it first.',
  gridCodeTaken: 'Grid code {id} is in use; choose another.',
  gridCodeRetired: 'Grid code {id} belonged to a grid that was replaced and is not used again; choose another.',
  assignmentDiffers: 'The plan had changed, so this step was not kept. Check and redo it.',
  gridDiffers: 'Someone changed the grid, so this step was not kept. Check and redo it.',
  cellDiffers: 'The ground has changed, so this step was not kept. Reload the page.',
  arcDiffers: 'The borders of the ground have changed, so this step was not kept. Reload the page.',
  unknown: 'This did not succeed ({code}). Try again, and tell your administrator if it returns.',
};
