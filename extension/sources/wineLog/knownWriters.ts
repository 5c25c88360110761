/** Functions inside Wine's wininet whose lines say nothing about handles: they are read over, and not counted as unknown. */
const SILENT: ReadonlySet<string> = new Set([
  'DllMain',
  'FTPFILE_Destroy',
  'FTPFINDNEXT_Destroy',
  'FTPFINDNEXT_FindNextFileProc',
  'FTPSESSION_CloseConnection',
  'FTPSESSION_Destroy',
  'GetAddress',
  'GetInternetSchemeW',
  'HTTPREQ_Destroy',
  'HTTPREQ_Read',
  'HTTPREQ_ReadFile',
  'HTTPREQ_QueryOption',
  'HTTPREQ_SetOption',
  'HTTPSESSION_Destroy',
  'INTERNET_GetResponseBuffer',
  'InternetCreateThreadError',
  'RetrieveUrlCacheEntryStreamW',
  'UnlockUrlCacheEntryFileA',
  'UnlockUrlCacheEntryFileW',
  'InternetAttemptConnect',
  'InternetTimeFromSystemTimeA',
  'InternetTimeFromSystemTimeW',
  'InternetTimeToSystemTimeA',
  'InternetTimeToSystemTimeW',
  'WININET_AddRef',
  'add_cookie',
  'get_cookie',
  'set_cookie',
  'cache_basic_authorization',
  'refill_read_buffer',
  'alloc_handle',
  'alloc_object',
  'build_request_header',
  'build_response_header',
  'chunked_read',
  'open_http_connection',
  'read_line',
  'commit_cache_entry',
  'collect_connections_proc',
  'create_cache_entry',
  'drain_content',
  'http_release_netconn',
  'insert_header',
  'invalidate_handle',
  'process_header',
  'query_global_option',
  'retrieve_cached_basic_authorization',
  'set_url_component',
]);

/** Whole families of them, by how their names begin. */
const SILENT_FAMILIES =
  /^(?:FTP_|HTTP_|NETCON_|HTTPREQ_|INTERNET_|COOKIE_|AsyncFtp|AsyncHttp|AsyncInternet|APPINFO_|cache_|urlcache_|cookie_|cookies?|netconn_|netcon_|gzip_|INET_|InternetC(?:rack|reate|anonicalize|ombine)Url|Internet[GS]etCookie|InternetGetConnectedState|InternetCheckConnection)/;

/** Is this a function of Wine's wininet that the reader knows and has no use for? */
export function isSilentWriter(writer: string): boolean {
  return SILENT.has(writer) || SILENT_FAMILIES.test(writer);
}
