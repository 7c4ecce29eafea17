// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>

#include <functional>

class QWidget;

namespace Sojourn::Inspector {

class BulkJob;
class ImportJob;
class StoreTab;

/// What would be lost or left half done if tabs were closed now.
class UnfinishedWork final
{
    Q_DECLARE_TR_FUNCTIONS(Sojourn::Inspector::UnfinishedWork)
public:
    /// Adds the bulk work and the imports of \a tab, and what was \a typed for it and is not saved.
    void add(StoreTab &tab, bool typed);
    /// Calls \a then at once if there is nothing, else after the person has let it be stopped. The question belongs to \a window.
    void end(QWidget *window, const std::function<void()> &then) const;

private:
    void stop(QWidget *window, const std::function<void()> &then) const;

    QList<QPointer<BulkJob>> m_jobs;
    QList<QPointer<ImportJob>> m_imports;
    QStringList m_lines;
};

} // namespace Sojourn::Inspector
