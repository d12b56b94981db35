BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
    $tenant = Connect-PasskeyTenant -Sandbox
    # One reading for the tests that only look at findings.
    $findings = Test-PasskeyPolicy
    $manifest = Join-Path (Get-Module PasskeyAdmin).ModuleBase 'PasskeyAdmin.psd1'
    function Write-Suppression([hashtable[]] $Suppression) {
        @{ suppressions = $Suppression } | ConvertTo-Json -Depth 3 | Set-Content TestDrive:/accepted.json
        Join-Path $TestDrive accepted.json
    }
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'Test-PasskeyPolicy' {
    It 'finds what is planted in Contoso' {
        ($findings | Where-Object Outcome -eq Fail).RuleId | Select-Object -Unique | Should -Be @(
            'PK102', 'PK107', 'PK108', 'PK109', 'PK110', 'PK111'
            'PK201', 'PK202', 'PK203', 'PK204', 'PK205', 'PK206', 'PK207', 'PK208', 'PK209', 'PK210', 'PK211', 'PK212', 'PK213', 'PK214'
            'PK301', 'PK302', 'PK303', 'PK304', 'PK305', 'PK402')
        ($findings | Where-Object RuleId -eq PK205).Subject.Name | Should -Be 'emergency2@contoso.onmicrosoft.com'
        ($findings | Where-Object RuleId -eq PK208).Subject | Should -HaveCount 52
    }

    It 'says what to do, and the commands are commands' {
        $failed = $findings | Where-Object Outcome -eq Fail
        $failed.Fix | Should -HaveCount @($failed).Count
        foreach ($command in $failed.Command | Where-Object { $_ }) {
            $problems = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($command, [ref]$null, [ref]$problems)
            $problems | Should -BeNullOrEmpty -Because $command
        }
        # So that nothing is changed by whoever pastes it.
        ($findings | Where-Object RuleId -eq PK107).Command | Should -BeLike 'Remove-PasskeyProfileTarget * -WhatIf'
        Invoke-Expression ($findings | Where-Object RuleId -eq PK203).Command | Should -HaveCount 1
    }

    It 'is what Contoso says of itself: <Rules>' -ForEach @(
        # The ids behind the items of PLANTED.
        $topic = (Get-Content (Join-Path $PSScriptRoot '../../en-US/about_PasskeyAdmin_Contoso.help.txt') -Raw) -replace '(?s)^.*\nPLANTED' -replace '(?s)\nNEAR MISSES.*'
        @{ Rules = [regex]::Matches($topic, '\((PK\d{3}(?:,\s+PK\d{3})*)\)') | ForEach-Object { [regex]::Matches($_.Value, 'PK\d{3}').Value } | Sort-Object -Unique }
    ) {
        $Rules | Should -Be (($findings | Where-Object Outcome -eq Fail).RuleId | Sort-Object -Unique)
    }

    It 'takes rules by <By>' -ForEach @(
        @{ By = 'id'; Arguments = @{ RuleId = 'PK110' }; Rules = 'PK110' }
        @{ By = 'name'; Arguments = @{ RuleId = 'profiledefeated' }; Rules = 'PK110' }
        @{ By = 'wildcards'; Arguments = @{ RuleId = 'PK40?', 'Emergency*' }; Rules = 'PK205', 'PK206', 'PK207', 'PK401', 'PK402', 'PK403', 'PK404' }
        @{ By = 'severity'; Arguments = @{ RuleId = 'PK3*'; Severity = 'Information' }; Rules = 'PK305' }
        @{ By = 'what is left'; Arguments = @{ ExcludeRule = 'PK1*', 'PK2*', 'PK3*', 'SuppressionUnused' }; Rules = 'PK401', 'PK402', 'PK403', 'PK404' }
    ) {
        (Test-PasskeyPolicy @Arguments).RuleId | Should -Be $Rules
    }

    It 'asks which rule was meant' {
        { Test-PasskeyPolicy -RuleId ProfileDefeat } | Should -Throw -ErrorId 'RuleNotFound,PasskeyAdmin.Commands.TestPasskeyPolicyCommand' -ExpectedMessage "*'ProfileDefeated'*"
    }

    It 'names rules with Tab' {
        $byId = (TabExpansion2 'Test-PasskeyPolicy -RuleId PK40' 30).CompletionMatches
        $byId.CompletionText | Should -Be 'PK401', 'PK402', 'PK403', 'PK404'
        $byId[0].ToolTip | Should -BeLike 'LogsReadable: *'
        (TabExpansion2 'Test-PasskeyPolicy -ExcludeRule emerg' 37).CompletionMatches.CompletionText | Should -Contain 'EmergencyNotExcluded'
        (TabExpansion2 'Get-PasskeyPolicyRule PK00' 26).CompletionMatches.CompletionText | Should -Be 'PK001'
    }

    It 'does not take what it cannot read for fine' {
        $free = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }
        try {
            $byOutcome = Test-PasskeyPolicy -Tenant $free -WarningAction SilentlyContinue | Group-Object -Property Outcome -AsHashTable -AsString
            $byOutcome.Unknown.RuleId | Should -Contain 'PK202'
            ($byOutcome.Unknown | Where-Object RuleId -in PK202, PK208, PK213).Evidence | Should -BeLike '*no premium licence*'
            $byOutcome.Fail.RuleId | Should -Contain 'PK401'
            # What the policy and the groups alone can answer is answered.
            $byOutcome.Fail.RuleId | Should -Contain 'PK110'
            Test-PasskeyPolicy -Tenant $free -RuleId PK208 -Quiet | Should -BeFalse
        }
        finally { $null = Connect-PasskeyTenant -Sandbox }
    }

    It 'judges several tenants' {
        $named = Connect-PasskeyTenant -Sandbox -EmergencyAccount emergency1@contoso.onmicrosoft.com
        $null = Connect-PasskeyTenant -Sandbox
        $both = $tenant, $named | Test-PasskeyPolicy -RuleId PK205
        $both.Outcome | Should -Be 'Fail', 'Pass'
        $tenant, $named | Test-PasskeyPolicy -RuleId PK205 -Quiet | Should -BeFalse
    }

    It 'can be saved' {
        $findings | Export-Csv TestDrive:/findings.csv
        $rows = Import-Csv TestDrive:/findings.csv
        $rows | Should -HaveCount $findings.Count
        ($rows | Where-Object RuleId -eq PK204).Subject | Should -BeLike '*saoirse.wilke@contoso.com*'
        (($findings | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json) | Where-Object RuleId -eq PK110).Outcome | Should -Be 1
    }
}

Describe 'A finding on a terminal' {
    It 'is whole in a window of 80 columns as <View>' -ForEach @(
        @{ View = 'a table'; Show = { param($f) $f | Format-Table } }
        @{ View = 'a list'; Show = { param($f) $f | Format-List } }
    ) {
        foreach ($finding in $findings) {
            $shown = & $Show $finding | Out-String -Width 80
            $shown.Split("`n").TrimEnd() | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
            # Word by word, but for what is longer than a line: nothing is cut.
            $text = $shown -replace '\s'
            foreach ($part in $finding.Evidence, $finding.Fix, $finding.Command | Where-Object { $_ }) { $text.Contains(($part -replace '\s')) | Should -BeTrue -Because "$finding" }
        }
    }

    It 'wraps between words' {
        $findings | Where-Object RuleId -eq PK102 | Format-List | Out-String -Width 80 | Should -Match 'Google Password\s+Manager'
        Get-PasskeyPolicyRule PK305 | Format-List | Out-String -Width 80 | Should -Match 'phishing-resistant\s+sign-in'
    }

    It 'shows rules' {
        $shown = (Get-PasskeyPolicyRule | Out-String -Width 80) -replace '\s'
        foreach ($rule in Get-PasskeyPolicyRule) { $shown.Contains(("$($rule.Id)$($rule.Severity)$($rule.Area)" -replace '\s')) | Should -BeTrue -Because $rule.Id }
    }
}

Describe 'A file of suppressions' {
    It 'accepts one thing until its date' {
        $file = Write-Suppression @{ rule = 'PK102'; object = 'Synced pilot'; reason = 'A list that guides is enough.'; owner = 'pradeep.petrova'; expires = '2026-11-24' }
        $finding = Test-PasskeyPolicy -RuleId PK102 -SuppressionPath $file
        $finding.Outcome, $finding.Reason, $finding.Owner | Should -Be 'Suppressed', 'A list that guides is enough.', 'pradeep.petrova'
        $finding.Expires.ToString('u') | Should -Be '2026-11-24 00:00:00Z'
        $finding | Out-String -Width 80 | Should -Match 'Accepted by pradeep.petrova until 2026-11-24'
        Test-PasskeyPolicy -RuleId PK102 -SuppressionPath $file -Quiet | Should -BeTrue
    }

    It 'accepts nothing from that date on, and says who did' {
        # In Contoso it is 23 November 2026.
        $file = Write-Suppression @{ rule = 'AllowListIsNoControl'; reason = 'A list that guides is enough.'; owner = 'pradeep.petrova'; expires = '2026-11-23' }
        $finding = Test-PasskeyPolicy -RuleId PK102 -SuppressionPath $file
        $finding.Outcome | Should -Be 'Fail'
        $finding.Evidence | Should -BeLike '*accepted until 2026-11-23 by pradeep.petrova*'
        Test-PasskeyPolicy -RuleId PK102 -SuppressionPath $file -Quiet | Should -BeFalse
    }

    It 'accepts one of several people' {
        $file = Write-Suppression @{ rule = 'PK204'; object = 'isaiah.cline@contoso.com'; reason = 'Gets a key in December.' }
        $both = Test-PasskeyPolicy -RuleId PK204 -SuppressionPath $file
        $both.Outcome | Should -Be 'Fail', 'Suppressed'
        $both[0].Subject.Name | Should -Be 'raul.gu@contoso.com', 'saoirse.wilke@contoso.com'
        $both[0].Command | Should -Be "Get-PasskeyRegistration 'raul.gu@contoso.com'"
        $both[1].Subject.Name | Should -Be 'isaiah.cline@contoso.com'
        $both[1].Command | Should -Be "Get-PasskeyRegistration 'isaiah.cline@contoso.com'"
    }

    It 'is told where it silences nothing' {
        $file = Write-Suppression @{ rule = 'PK101'; reason = 'Once it was needed.' }, @{ rule = 'PK110'; object = 'Synced pilot'; reason = 'Another profile.' }, @{ rule = 'PK203'; reason = 'Not judged here.' }
        $unused = Test-PasskeyPolicy -RuleId PK001, PK101, PK110 -SuppressionPath $file | Where-Object RuleId -eq PK001
        $unused.Evidence | Should -HaveCount 2
        $unused[1].Evidence | Should -BeLike "*PK110 does not find 'Synced pilot'*"
    }

    It 'is refused without a reason' {
        $file = Write-Suppression @{ rule = 'PK101' }
        { Test-PasskeyPolicy -SuppressionPath $file } | Should -Throw -ErrorId 'SuppressionFileInvalid*' -ExpectedMessage '*without a reason*'
    }
}

Describe 'A report' {
    It 'is SARIF' {
        $objects = Test-PasskeyPolicy -RuleId PK1* -As Sarif -OutFile TestDrive:/rules.sarif
        $log = Get-Content TestDrive:/rules.sarif -Raw | ConvertFrom-Json
        $log.version, $log.runs[0].tool.driver.name | Should -Be '2.1.0', 'PasskeyAdmin'
        $log.runs[0].results.ruleId | Should -Be $objects.RuleId
        $log.runs[0].tool.driver.rules.id | Should -Be (Get-PasskeyPolicyRule PK1*).Id
        ($log.runs[0].results | Where-Object ruleId -eq PK110).level | Should -Be 'error'
        if (-not $IsWindows) { [int](Get-Item TestDrive:/rules.sarif).UnixFileMode | Should -Be 384 }
    }

    It 'of what fails only is made with a few lines' {
        $log = Test-PasskeyPolicy -RuleId PK1* -As Sarif | ConvertFrom-Json
        $run = $log.runs[0]
        $run.results = @($run.results | Where-Object { $_.kind -eq 'fail' -and -not $_.suppressions })
        ($log | ConvertTo-Json -Depth 20 | ConvertFrom-Json).runs[0].results.ruleId | Should -Be 'PK102', 'PK107', 'PK108', 'PK109', 'PK110', 'PK111'
    }

    It 'is NUnit' {
        $run = ([xml](Test-PasskeyPolicy -RuleId PK1*, PK209 -As NUnit)).'test-run'
        $run.result, $run.failed, $run.inconclusive | Should -Be 'Failed', '7', '1'
        @($run.SelectNodes('//test-case')).Count | Should -Be ([int]$run.total)
    }

    It 'is made of what is accepted, too' {
        $file = Write-Suppression @{ rule = 'PK110'; reason = 'Until the groups are there.' }
        (Test-PasskeyPolicy -RuleId PK110 -SuppressionPath $file -As Sarif | ConvertFrom-Json).runs[0].results[0].suppressions[0].justification | Should -Be 'Until the groups are there.'
        ([xml](Test-PasskeyPolicy -RuleId PK110 -SuppressionPath $file -As NUnit)).'test-run'.skipped | Should -Be '1'
    }
}

Describe 'A policy in a file' {
    BeforeAll { (Get-PasskeyPolicy).ToJson() | Set-Content TestDrive:/policy.json }

    It 'is judged without a tenant' {
        Disconnect-PasskeyTenant
        try {
            $byOutcome = Test-PasskeyPolicy -Path TestDrive:/policy.json | Group-Object -Property Outcome -AsHashTable -AsString
            $byOutcome.Fail.RuleId | Should -Be 'PK102', 'PK109'
            $byOutcome.NotApplicable.RuleId | Should -Contain 'PK304'
            $byOutcome.Keys | Should -Not -Contain 'Unknown'
            $byOutcome.Pass[0].TenantName | Should -Be 'policy.json'
            $log = Test-PasskeyPolicy -Path TestDrive:/policy.json -As Sarif | ConvertFrom-Json
            $log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri | Should -BeLike '*policy.json'
        }
        finally { $null = Connect-PasskeyTenant -Sandbox }
    }

    It 'is judged as that of a tenant where one is named' {
        Test-PasskeyPolicy -Path TestDrive:/policy.json -RuleId PK304 | ForEach-Object Outcome | Should -Be 'NotApplicable'
        (Test-PasskeyPolicy -Path TestDrive:/policy.json -RuleId PK304 -Tenant $tenant).Outcome | Should -Be 'Fail', 'Fail'
    }
}

Describe 'The exit code of a pipeline' {
    It 'is <Code> where <What>' -ForEach @(
        @{ Code = 1; What = 'something fails'; Rule = 'PK110' }
        @{ Code = 1; What = 'something is unknown'; Rule = 'PK209' }
        @{ Code = 0; What = 'all is well'; Rule = 'PK101' }
        @{ Code = 0; What = 'nothing applies'; Rule = 'PK001' }
    ) {
        $script = "Import-Module '$manifest'; `$null = Connect-PasskeyTenant -Sandbox; if (Test-PasskeyPolicy -RuleId $Rule -Quiet) { exit 0 } exit 1"
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script
        $LASTEXITCODE | Should -Be $Code
    }

    It 'is 1 where there is no answer: <What>' -ForEach @(
        @{ What = 'no tenant'; Connect = ''; Switches = '' }
        @{ What = 'no such file of suppressions'; Connect = 'Connect-PasskeyTenant -Sandbox | Out-Null'; Switches = '-SuppressionPath nowhere.json' }
        @{ What = 'a report that cannot be written'; Connect = 'Connect-PasskeyTenant -Sandbox | Out-Null'; Switches = '-As NUnit -OutFile nowhere/rules.xml' }
    ) {
        Set-Content "$TestDrive/pipeline.ps1" "Import-Module '$manifest'", $Connect, "if (Test-PasskeyPolicy -RuleId PK101 $Switches -Quiet) { exit 0 } exit 1"
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File "$TestDrive/pipeline.ps1" *> $null
        $LASTEXITCODE | Should -Be 1
    }
}

Describe 'Get-PasskeyPolicyRule' {
    It 'lists the rules' {
        $rules = Get-PasskeyPolicyRule
        $rules | Should -HaveCount 40
        $rules.Id | Sort-Object | Should -Be $rules.Id
        (Get-PasskeyPolicyRule -Severity Error).Severity | Select-Object -Unique | Should -Be 'Error'
    }

    It 'takes findings and rules from the pipeline' {
        ($findings | Where-Object RuleId -eq PK110 | Get-PasskeyPolicyRule).Name | Should -Be 'ProfileDefeated'
        (Get-PasskeyPolicyRule Emergency* | Get-PasskeyPolicyRule).Id | Should -Be 'PK205', 'PK206', 'PK207'
        'PK101', 'TemporaryAccessPass' | Get-PasskeyPolicyRule | ForEach-Object Id | Should -Be 'PK101', 'PK214'
    }

    It 'goes on behind a name that there is not' {
        'Nope', 'PK101' | Get-PasskeyPolicyRule -ErrorVariable missing -ErrorAction SilentlyContinue | ForEach-Object Id | Should -Be 'PK101'
        $missing[0].FullyQualifiedErrorId | Should -Be 'RuleNotFound,PasskeyAdmin.Commands.GetPasskeyPolicyRuleCommand'
    }
}
