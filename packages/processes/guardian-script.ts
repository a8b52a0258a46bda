/**
 * What the guardian runs: POSIX sh, because it must be small and outlive a Node process that was killed. It reads lines from its
 * owner, `+ GROUP` and `- GROUP`, and `.` when the owner ends well. At end of file the owner is dead: it asks every group to
 * end, kills what is left after ten seconds, and then whatever carries the session's marker, also outside those groups.
 * (dash knows no `--` before a group.) `$1` is the marker, `DRYDOCK_SESSION=<id>`.
 */
export const guardianScript = `
trap '' HUP INT QUIT TERM
marker=$1
groups=' '
while read -r act group; do
  case $act in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
    .) exit 0 ;;
  esac
done
anyone() {
  for group in $groups; do kill -0 "-$group" 2>/dev/null && return 0; done
  return 1
}
tell() {
  for group in $groups; do kill "-$1" "-$group" 2>/dev/null; done
}
tell TERM
tries=0
while [ $tries -lt 100 ] && anyone; do sleep 0.1; tries=$((tries + 1)); done
tell KILL
if [ -d /proc/self ]; then
  for folder in /proc/[0-9]*; do
    tr '\\0' '\\n' <"$folder/environ" 2>/dev/null | grep -qxF "$marker" && kill -KILL "\${folder#/proc/}" 2>/dev/null
  done
else
  ps -axEww -o pid=,command= | grep -F " $marker" | while read -r pid rest; do
    case $rest in grep*) ;; *) kill -KILL "$pid" 2>/dev/null ;; esac
  done
fi
exit 0
`;
