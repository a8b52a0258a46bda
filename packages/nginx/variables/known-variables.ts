// Variables of nginx's modules (nginx.org/en/docs/varindex.html), besides those with open ends: $arg_name and its kin.
const names = `
ancient_browser arg args binary_remote_addr body_bytes_sent bytes_received bytes_sent connection connection_requests connection_time
connections_active connections_reading connections_waiting connections_writing content_length content_type date_gmt date_local
document_root document_uri fastcgi_path_info fastcgi_script_name geoip_area_code geoip_city geoip_country_code geoip_country_name
geoip_region gzip_ratio host hostname http2 http3 https invalid_referer is_args is_request_port limit_conn_status limit_rate limit_req_status memcached_key
modern_browser msec msie nginx_version pid pipe protocol proxy_add_x_forwarded_for proxy_host proxy_port proxy_protocol_addr proxy_protocol_port
proxy_protocol_server_addr proxy_protocol_server_port query_string realip_remote_addr realip_remote_port realpath_root remote_addr
remote_port remote_user request request_body request_body_file request_completion request_filename request_id request_length request_method
request_port request_time request_uri scheme secure_link secure_link_expires server_addr server_name server_port server_protocol slice_range ssl_alpn_protocol
ssl_cipher ssl_ciphers ssl_client_cert ssl_client_escaped_cert ssl_client_fingerprint ssl_client_i_dn ssl_client_raw_cert ssl_client_s_dn
ssl_client_serial ssl_client_v_end ssl_client_v_remain ssl_client_v_start ssl_client_verify ssl_curve ssl_curves ssl_early_data ssl_protocol
ssl_server_name ssl_session_id ssl_session_reused status tcpinfo_rcv_space tcpinfo_rtt tcpinfo_rttvar tcpinfo_snd_cwnd time_iso8601 time_local
uid_got uid_reset uid_set upstream_addr upstream_bytes_received upstream_bytes_sent upstream_cache_key upstream_cache_last_modified
upstream_cache_status upstream_connect_time upstream_first_byte_time upstream_header_time upstream_queue_time upstream_response_length
upstream_response_time upstream_session_time upstream_status uri`;

const known = new Set(names.trim().split(/\s+/));
const prefixes =
  /^(arg|http|cookie|sent_http|sent_trailer|upstream_http|upstream_cookie|upstream_trailer|proxy_protocol_tlv|jwt_claim|jwt_header)_./;

/** Whether nginx or one of its modules gives a variable of this name (without `$`). */
export function isNginxVariable(name: string): boolean {
  return known.has(name) || prefixes.test(name) || /^[1-9]$/.test(name);
}
