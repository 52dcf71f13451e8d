// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apiservices.h"
#include "domain/principal.h"

#include <QString>

namespace tertulia {

/// Keeps what an admin did, by whom and to whom. `action` is a slug; nothing waits for it.
void writeAudit(const ApiServices &services, const Principal &by, const QString &action, const QString &subject,
    const QString &detail = {});

} // namespace tertulia
