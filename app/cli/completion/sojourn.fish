# SPDX-License-Identifier: MIT
# fish completion for sojourn

function __sojourn_stores
    printf '%s\n' memory: sqlite: redis:// rediss:// redis+unix: redis+sentinel:// rediss+sentinel:// redis+cluster:// rediss+cluster:// live: live+tls://
    # Applications listen on local sockets of these names.
    set -l tmp /tmp
    set -q TMPDIR; and set tmp $TMPDIR
    for socket in $XDG_RUNTIME_DIR/sojourn/* $tmp/sojourn-(id -u)/*
        test -S $socket; and echo live:(basename $socket)
    end
    __fish_complete_path (commandline -ct)
end

set -l commands list count show get set unset expire rotate delete revoke-user export import copy diff watch history sweep vacuum

complete -c sojourn -f
complete -c sojourn -l store -x -a '(__sojourn_stores)' -d 'the store'
complete -c sojourn -l read-only -d 'refuse every change'
complete -c sojourn -l json -d 'print JSON for programs'
complete -c sojourn -l help -d 'show help'
complete -c sojourn -l version -d 'show the version'

set -l none "not __fish_seen_subcommand_from $commands"
complete -c sojourn -n $none -a list -d 'list sessions'
complete -c sojourn -n $none -a count -d 'count sessions'
complete -c sojourn -n $none -a show -d 'show a session and its data'
complete -c sojourn -n $none -a get -d 'print the value of an attribute'
complete -c sojourn -n $none -a set -d 'set an attribute'
complete -c sojourn -n $none -a unset -d 'remove an attribute'
complete -c sojourn -n $none -a expire -d 'set when a session ends'
complete -c sojourn -n $none -a rotate -d 'give a session a fresh id on the next request'
complete -c sojourn -n $none -a delete -d 'delete sessions'
complete -c sojourn -n $none -a revoke-user -d 'delete all sessions of a user'
complete -c sojourn -n $none -a export -d 'write sessions to a snapshot'
complete -c sojourn -n $none -a import -d 'put the sessions of a snapshot into the store'
complete -c sojourn -n $none -a copy -d 'copy sessions to another store'
complete -c sojourn -n $none -a diff -d 'compare snapshots or stores'
complete -c sojourn -n $none -a watch -d 'print events as they happen'
complete -c sojourn -n $none -a history -d 'list what happened to sessions'
complete -c sojourn -n $none -a sweep -d 'remove the sessions that have expired'
complete -c sojourn -n $none -a vacuum -d 'give the space of removed sessions back'

set -l of '__fish_seen_subcommand_from'
complete -c sojourn -n "$of show get set unset expire rotate delete export copy history" -l cookie -x -d 'find the session by its cookie'
complete -c sojourn -n "$of list count expire export copy watch history" -l user -x -d 'only of this user'
complete -c sojourn -n "$of list count export copy" -l where -x -d 'only with this attribute'
complete -c sojourn -n "$of list" -l order -x -a 'expiry created seen size' -d 'order'
complete -c sojourn -n "$of list" -l reverse -d 'the other way round'
complete -c sojourn -n "$of list" -l visit -d 'also device, browser and address'
complete -c sojourn -n "$of list history" -l limit -x -d 'at most so many'
complete -c sojourn -n "$of list" -l offset -x -d 'leave out the first'
complete -c sojourn -n "$of expire" -l in -x -d 'so long from now'
complete -c sojourn -n "$of expire" -l at -x -d 'at this time'
complete -c sojourn -n "$of expire" -l now -d 'at once'
complete -c sojourn -n "$of export" -l output -r -F -d 'write to this file'
complete -c sojourn -n "$of export" -l format -x -a 'json jsonl' -d 'format'
complete -c sojourn -n "$of import copy" -l on-conflict -x -a 'fail skip overwrite' -d 'for sessions that are there already'
complete -c sojourn -n "$of set unset expire rotate delete" -l if-version -x -d 'only if it is still at this version'
complete -c sojourn -n "$of set unset expire rotate delete revoke-user import copy sweep" -l dry-run -d 'change nothing'
complete -c sojourn -n "$of history" -l since -x -d 'from then on'
complete -c sojourn -n "$of history" -l until -x -d 'up to then'
complete -c sojourn -n "$of import" -F
complete -c sojourn -n "$of copy diff" -a '(__sojourn_stores)'
