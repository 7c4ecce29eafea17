// SPDX-License-Identifier: MIT
#pragma once

#include "trends.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace Sojourn::Inspector {

class Histogram;

/// The trends of a store as small charts, which can be saved as a picture or as a table.
class Dashboard final : public QWidget
{
    Q_OBJECT
public:
    explicit Dashboard(QWidget *parent = nullptr);

    void setTrends(std::shared_ptr<Trends> trends);
    /// Saves a picture (.png) or a table (anything else). \return what went wrong, or nothing.
    [[nodiscard]] QString save(const QString &fileName);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showTrends();
    void showView(TimePoint from, TimePoint until);
    void showWhole();
    [[nodiscard]] std::pair<TimePoint, TimePoint> wholeView() const;
    void choose();

    std::shared_ptr<Trends> m_trends;
    QMetaObject::Connection m_connection;
    QWidget *m_charts;
    Histogram *m_sessions, *m_logins, *m_expiries, *m_conflicts, *m_latency;
    std::optional<std::pair<TimePoint, TimePoint>> m_zoomed;
    QComboBox *m_span;
    QPushButton *m_whole;
    QLabel *m_status;
    QPushButton *m_save;
};

} // namespace Sojourn::Inspector
