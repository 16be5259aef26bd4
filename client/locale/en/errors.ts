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
  unknown: 'This did not succeed ({code}). Try again, and tell your administrator if it returns.',
};
