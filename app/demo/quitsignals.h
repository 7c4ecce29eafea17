// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>

/// Makes SIGINT and SIGTERM (on Windows: Ctrl-C, Ctrl-Break and closing the console) quit the application's event loop.
/// One object a process.
class QuitSignals : public QObject
{
public:
    explicit QuitSignals(QObject *parent);
};
