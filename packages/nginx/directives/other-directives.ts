// nginx's own (nginx.org/en/docs/dirindex.html), of its HTTP, stream and mail parts, that the embedded edge does not honour.
const names = `
add_after_body add_before_body add_trailer addition_types ancient_browser ancient_browser_value auth_delay auth_http auth_jwt
auth_jwt_key_file auth_request auth_request_set autoindex_exact_size autoindex_format autoindex_localtime charset_map charset_types create_full_put_path
dav_access dav_methods error_log_condition f4f fastcgi_bind fastcgi_buffer_size fastcgi_buffering fastcgi_buffers fastcgi_cache fastcgi_cache_key fastcgi_cache_path
fastcgi_cache_valid fastcgi_catch_stderr fastcgi_connect_timeout fastcgi_hide_header fastcgi_index fastcgi_intercept_errors fastcgi_keep_conn fastcgi_param
fastcgi_pass fastcgi_pass_header fastcgi_read_timeout fastcgi_send_timeout fastcgi_split_path_info flv geo geoip_city geoip_country google_perftools_profiles
grpc_pass grpc_set_header grpc_connect_timeout grpc_read_timeout grpc_send_timeout grpc_next_upstream grpc_ssl_verify grpc_ssl_certificate
gunzip health_check hls http3 http3_hq image_filter js_content js_include js_import js_set keyval keyval_zone least_time limit_conn limit_conn_dry_run limit_conn_log_level limit_conn_status
limit_conn_zone limit_rate limit_rate_after limit_req_dry_run limit_zone mail match memcached_pass mirror mirror_request_body modern_browser
modern_browser_value mp4 msie_padding msie_refresh ntlm override_charset perl perl_modules perl_require perl_set post_action proxy_allow_upstream proxy_bind
proxy_cache proxy_cache_background_update proxy_cache_bypass proxy_cache_convert_head proxy_cache_key proxy_cache_lock proxy_cache_lock_age
proxy_cache_lock_timeout proxy_cache_max_range_offset proxy_cache_methods proxy_cache_min_uses proxy_cache_path proxy_cache_purge
proxy_cache_revalidate proxy_cache_use_stale proxy_cache_valid proxy_cookie_flags proxy_force_ranges proxy_ignore_headers proxy_limit_rate proxy_no_cache
proxy_ssl_conf_command proxy_ssl_crl proxy_ssl_password_file proxy_ssl_verify_depth proxy_store proxy_store_access queue quic_bpf quic_gso quic_host_key quic_retry random_index
real_ip_header real_ip_recursive referer_hash_bucket_size referer_hash_max_size satisfy_any scgi_pass scgi_param secure_link
secure_link_md5 secure_link_secret send_lowat session_log set_real_ip_from slice source_charset split_clients spdy_chunk_size ssi ssi_types ssl ssl_conf_command ssl_crl
ssl_early_data ssl_key_log ssl_ocsp ssl_ocsp_cache ssl_ocsp_responder ssl_password_file ssl_stapling ssl_stapling_file ssl_stapling_responder
ssl_stapling_verify ssl_trusted_certificate ssl_verify_depth state status status_format sticky sticky_cookie_insert stream upload_cleanup userid userid_domain userid_expires userid_name userid_path userid_service uwsgi_param uwsgi_pass
uwsgi_read_timeout valid_referers xclient xml_entities xslt_stylesheet zone zone_sync`;

const known = new Set(names.trim().split(/\s+/));

// Modules that are not nginx's: their directives need a load_module that this machine does not have.
const thirdParty =
  /^(brotli|zstd|more_|headers_|lua_|\w+_by_lua|vhost_traffic|modsecurity|geoip2|pagespeed|njs|js_|perl_|opentelemetry|otel_|opentracing|echo|set_by_|srcache|redis|memc|upload_|nchan|push_|rtmp|vod|waf|naxsi|passenger|fastcgi_|uwsgi_|scgi_|grpc_|memcached_)/;

/** Whether nginx or a module of it may know a directive that the edge does not. */
export function isOtherDirective(name: string): boolean {
  return known.has(name) || thirdParty.test(name);
}
