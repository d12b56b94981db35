BeforeAll { . $PSScriptRoot/PasskeyAdmin.Helpers.ps1 }

Describe 'Connect-PasskeyTenant' {
    AfterEach { Disconnect-PasskeyTenant }

    It 'connects the sample tenant' {
        (Connect-PasskeyTenant -Sandbox).TenantName | Should -Be 'Contoso'
        (Get-PasskeyTenant).IsSandbox | Should -BeTrue
    }

    It 'keeps a tenant in a file that can be edited' {
        Push-Location TestDrive:/
        try {
            $null = Connect-PasskeyTenant -Sandbox -Path edited.json -WarningVariable made -WarningAction SilentlyContinue
            $made | Should -BeLike '*was created*'
            $tenant = Get-Content edited.json -Raw | ConvertFrom-Json
            $tenant.organization.displayName = 'Tailspin'
            $tenant | ConvertTo-Json -Depth 20 | Set-Content edited.json
            (Connect-PasskeyTenant -Sandbox -Path edited.json).TenantName | Should -Be 'Tailspin'
        }
        finally { Pop-Location }
    }

    It 'refuses another tenant than the one that was asked for' {
        { Connect-PasskeyTenant -Sandbox -TenantId fabrikam.com -ErrorAction Stop } | Should -Throw -ErrorId 'WrongTenant,PasskeyAdmin.Commands.ConnectPasskeyTenantCommand'
        Get-PasskeyTenant | Should -BeNullOrEmpty
    }

    It 'shows no token where it refuses to connect' {
        $token = ConvertTo-SecureString 'secret-0815' -AsPlainText -Force
        $Error.Clear()
        { Connect-PasskeyTenant -AccessToken $token -GraphEndpoint http://contoso.example -ErrorAction Stop } | Should -Throw -ErrorId 'EndpointRefused*'
        ($Error | Format-List * -Force | Out-String) | Should -Not -BeLike '*0815*'
    }

    It 'does not hand a tenant on to the next iteration of -Parallel' {
        $module = (Get-Module PasskeyAdmin).Path
        1..2 | ForEach-Object -ThrottleLimit 1 -Parallel {
            Import-Module $using:module
            if ($_ -eq 1) { $null = Connect-PasskeyTenant -Sandbox }
            "$_ $((Get-PasskeyTenant).TenantName)"
        } | Should -Be '1 Contoso', '2 '
    }

    It 'works on a tenant that is handed over' {
        $module = (Get-Module PasskeyAdmin).Path
        $tenant = Connect-PasskeyTenant -Sandbox
        1..2 | ForEach-Object -Parallel { Import-Module $using:module; (Get-PasskeyPolicy -Tenant $using:tenant).TenantName } | Should -Be 'Contoso', 'Contoso'
    }

    It 'says how to install what signs in' -Skip:([bool](Get-Module Microsoft.Graph.Authentication -ListAvailable)) {
        { Connect-PasskeyTenant -ErrorAction Stop } | Should -Throw -ErrorId 'GraphModuleMissing*'
    }
}

Describe 'The sample tenant as somebody else sees it' {
    AfterEach { Disconnect-PasskeyTenant }

    It 'has no premium licence where a setting says so' {
        $null = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }
        (Test-PasskeyPrerequisite | Where-Object Id -eq PremiumLicence).Outcome | Should -Be 'Fail'
    }

    It 'refuses an application without permissions' {
        $null = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ isAppOnly = $true; scopes = @() } -WarningAction SilentlyContinue
        $checks = Test-PasskeyPrerequisite | Group-Object Outcome -AsHashTable -AsString
        $checks.Fail.Id | Should -Be 'Permission', 'EmergencyAccount'
        $checks.Unknown.Id | Should -Contain 'Role'
        { Get-PasskeyDevice -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied*'
    }

    It 'names its settings with Tab' {
        $line = 'Connect-PasskeyTenant -Sandbox -SandboxSetting '
        (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText | Should -Contain 'licence'
    }
}

Describe 'Get-PasskeyTenant' {
    AfterEach { Disconnect-PasskeyTenant }

    It 'shows the tenant of the session' {
        Get-PasskeyTenant | Should -BeNullOrEmpty
        $null = Connect-PasskeyTenant -Sandbox
        Get-PasskeyTenant | Format-List | Out-String | Should -Match 'Connection\s+: Sandbox'
    }

    It 'is gone after a Connect that got an empty variable' {
        $null = Connect-PasskeyTenant -Sandbox
        { Connect-PasskeyTenant -AccessToken $notSet -ErrorAction Stop } | Should -Throw -ErrorId 'AccessTokenInvalid*'
        Get-PasskeyTenant | Should -BeNullOrEmpty
    }
}

Describe 'Disconnect-PasskeyTenant' {
    It 'forgets the tenant' {
        $held = Connect-PasskeyTenant -Sandbox
        Disconnect-PasskeyTenant
        Get-PasskeyTenant | Should -BeNullOrEmpty
        { Get-PasskeyPolicy -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected*'
        { Get-PasskeyPolicy -Tenant $held -ErrorAction Stop } | Should -Throw -ErrorId 'TenantDisconnected*'
    }
}

Describe 'Test-PasskeyPrerequisite' {
    AfterEach { Disconnect-PasskeyTenant }

    It 'says what to do where nobody is signed in' {
        $checks = Test-PasskeyPrerequisite
        $checks[0].Id, $checks[0].Outcome | Should -Be 'SignedIn', 'Fail'
        $checks[0].Command | Should -BeLike 'Connect-PasskeyTenant*'
        $checks | Select-Object -Skip 1 | ForEach-Object Outcome | Sort-Object -Unique | Should -Be 'Unknown'
        Test-PasskeyPrerequisite -Quiet | Should -BeFalse
    }

    It 'finds two emergency accounts that were named' {
        $null = Connect-PasskeyTenant -Sandbox
        $before = Test-PasskeyPrerequisite | Where-Object Id -eq EmergencyAccount
        $before.Outcome | Should -Be 'Fail'
        { [scriptblock]::Create($before.Command) } | Should -Not -Throw
        $accounts = 'emergency1@contoso.onmicrosoft.com', 'emergency2@contoso.onmicrosoft.com'
        (Connect-PasskeyTenant -Sandbox -EmergencyAccount $accounts).EmergencyAccount | Should -Be $accounts
        (Test-PasskeyPrerequisite | Where-Object Id -eq EmergencyAccount).Outcome | Should -Be 'Pass'
    }

    It 'fits a window of <_> columns with what to do, and without a word broken in two' -ForEach 80, 120, 160 {
        $null = Connect-PasskeyTenant -Sandbox
        $lines = (Test-PasskeyPrerequisite | Out-String -Width $_).Replace("`r", '').Split("`n").TrimEnd()
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines -match '^Fail +EmergencyAccount +None is named\. Microsoft advises to have two$' | Should -Not -BeNullOrEmpty
        $lines | Should -Contain (' ' * 33 + 'Fix: Name them when you connect, by user')
        $lines | Should -Contain (' ' * 33 + 'PS> Connect-PasskeyTenant -Sandbox')
    }

    It 'says what a command of a sandbox with settings would forget' {
        $null = Connect-PasskeyTenant -Sandbox -SandboxSetting @{ licence = 'Free' }
        $check = Test-PasskeyPrerequisite | Where-Object Id -eq EmergencyAccount
        $check.Command | Should -BeNullOrEmpty
        $check.Fix | Should -BeLike '*-EmergencyAccount*'
    }

    It 'suggests commands that PowerShell understands' {
        $null = Connect-PasskeyTenant -Sandbox
        foreach ($command in (Test-PasskeyPrerequisite | Where-Object Command).Command) { { [scriptblock]::Create($command) } | Should -Not -Throw }
        $rule = [PasskeyAdmin.Prerequisites.PrerequisiteCheck].Assembly.GetType('PasskeyAdmin.Prerequisites.TemporaryAccessPassRule')
        $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseInput($rule.GetField('SwitchOn', 'NonPublic, Static').GetValue($null), [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
        $elements = $ast.EndBlock.Statements.PipelineElements.CommandElements
        $elements[0].Value | Should -Be 'Invoke-MgGraphRequest'
        ($elements[-1].Value | ConvertFrom-Json).state | Should -Be 'enabled'
    }

    It 'lists the days of Microsoft' {
        $null = Connect-PasskeyTenant -Sandbox
        Test-PasskeyPrerequisite | Where-Object DueDate | Sort-Object DueDate | ForEach-Object Id |
            Should -Be 'ProfileMigration', 'PasskeysByDefault', 'SmsVoiceRetirement', 'SmsVoiceRetirementEnd', 'LegacyPropertyRetirement'
    }

    It 'survives a file' {
        $null = Connect-PasskeyTenant -Sandbox
        Test-PasskeyPrerequisite Read | Export-Csv TestDrive:/checks.csv
        (Import-Csv TestDrive:/checks.csv)[0].Capability | Should -Be 'Read'
    }
}
