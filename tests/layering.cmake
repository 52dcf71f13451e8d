# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks the includes against the dependency direction: a folder may include only what its row allows.
# Run as a script with -DROOT=<source directory>.
cmake_minimum_required(VERSION 3.25)

set(failures 0)

# check(<folder> <regular expression of forbidden includes> <why>)
function(check folder forbidden why)
    file(GLOB_RECURSE sources ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
    if(NOT sources)
        message(SEND_ERROR "${folder} has no sources: the check would prove nothing")
    endif()
    foreach(source IN LISTS sources)
        file(STRINGS ${source} lines REGEX "^#include [<\"](${forbidden})")
        foreach(line IN LISTS lines)
            file(RELATIVE_PATH name ${ROOT} ${source})
            message(SEND_ERROR "${name}: ${line}: ${why}")
        endforeach()
    endforeach()
endfunction()

set(widgets "QWidget|QtWidgets|QApplication|QDialog|QMainWindow|QPainter|QtGui|QGuiApplication")
set(network "QTcp|QtNetwork|QWebSocket|QtWebSockets|QHttpServer|QtHttpServer|QSslSocket")
set(server_parts "domain/|identity/|metrics/|settings/|storage/|broker/|transport/|api/|chathost")

check(server/protocol "${server_parts}|${widgets}|${network}|QSql" "protocol is Qt Core alone")
check(server/domain "transport/|api/|chathost|broker/redis|storage/sql|${widgets}|${network}|QSql" "the domain knows no transport and no database")
check(server/identity "domain/chat|domain/room|transport/|api/|${widgets}|QWebSocket|QHttpServer" "identity is core")
check(server/metrics "transport/|api/|${widgets}|QWebSocket|QHttpServer" "metrics are core")
check(server/storage "transport/|api/|domain/chat|domain/room|${widgets}|${network}" "the store knows no transport and no rules")
check(server/transport "api/|storage/|domain/chat|domain/room|${widgets}|QSql" "transport moves frames, it does not judge")
check(server/api "${widgets}" "the server has no windows")
check(gui "${server_parts}" "windows know the protocol alone")
check(gui/client "${widgets}|models/|dashboard/|chat/|widgets/" "the client library has no windows")
check(gui/models "QWidget|QtWidgets|QApplication|QDialog|QMainWindow|QPainter|dashboard/|chat/|widgets/" "models have no widgets")

# Server and windows are linked into one program: one name for two classes of the same namespace would mix them up at run
# time without a word from the compiler.
function(class_names folder result)
    file(GLOB_RECURSE headers ${ROOT}/${folder}/*.h)
    set(names "")
    foreach(header IN LISTS headers)
        file(STRINGS ${header} lines REGEX "^(class|struct) (\\[\\[[a-z]+\\]\\] )?[A-Z][A-Za-z]+( final)?( :.*)?( {)?$")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^(class|struct) (\\[\\[[a-z]+\\]\\] )?([A-Z][A-Za-z]+).*$" "\\3" name "${line}")
            list(APPEND names ${name})
        endforeach()
    endforeach()
    if(NOT names)
        message(SEND_ERROR "${folder} has no classes: the check would prove nothing")
    endif()
    set(${result} "${names}" PARENT_SCOPE)
endfunction()

class_names(server server_classes)
class_names(gui gui_classes)
foreach(name IN LISTS gui_classes)
    if(name IN_LIST server_classes)
        message(SEND_ERROR "tertulia::${name} is a class of gui/ and another of server/")
    endif()
endforeach()
