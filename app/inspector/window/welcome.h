// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QWidget>

namespace Sojourn::Inspector {

/// What the window shows while no store is open: where to begin.
class Welcome final : public QWidget
{
    Q_OBJECT
public:
    explicit Welcome(QWidget *parent = nullptr);

    /// The program sojourn-demo beside this one or in the path, empty if there is none.
    [[nodiscard]] static QString demoProgram();

Q_SIGNALS:
    void connectWanted();
    void snapshotWanted();
    void demoWanted();
};

} // namespace Sojourn::Inspector
